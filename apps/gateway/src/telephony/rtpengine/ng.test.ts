import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { fakeClock } from "@tongdai/shared/testing";
import { afterEach, expect, test } from "vitest";
import { openNg } from "./ng.ts";

const undo: (() => void)[] = [];
afterEach(() => {
  for (const f of undo.splice(0)) f();
});

/** An rtpengine that notes what it is asked and answers what it is told to. */
async function asked(answer: string | null) {
  const clock = fakeClock();
  const server = createSocket("udp4");
  server.bind(0, "127.0.0.1");
  await once(server, "listening");
  const questions: string[] = [];
  server.on("message", (octets, from) => {
    questions.push(octets.toString());
    const [cookie = ""] = octets.toString().split(" ");
    if (answer !== null) server.send(`${cookie} ${answer}`, from.port, from.address);
  });
  let ids = 0;
  const { port } = server.address() as AddressInfo;
  const ng = openNg({ clock, host: "127.0.0.1", port, randomId: () => `c${++ids}` });
  undo.push(ng.close, () => server.close());
  return { ng, clock, questions, heard: () => once(server, "message") };
}

test("a question goes out under a cookie, and its answer is found by it", async () => {
  const { ng, questions } = await asked("d6:result4:ponge");
  expect(await ng.ask("ping", {})).toEqual({ result: "pong" });
  expect(questions).toEqual(["c1 d7:command4:pinge"]);
});

test("what it refuses is told with its reason", async () => {
  const { ng } = await asked("d12:error-reason15:Unknown call-id6:result5:errore");
  await expect(ng.ask("delete", { "call-id": "x" })).rejects.toThrow("Unknown call-id");
});

test("an answer that is none is an error, and not waited for", async () => {
  const { ng } = await asked("d6:result");
  await expect(ng.ask("ping", {})).rejects.toThrow("cannot be read");
});

test("without an answer the same question is sent three times, and then given up", async () => {
  const { ng, clock, questions, heard } = await asked(null);
  const failed = ng.ask("ping", {}).catch(String);
  await heard();
  for (const wait of [200, 400]) {
    const again = heard();
    clock.advance(wait);
    await again;
  }
  clock.advance(800);
  expect(await failed).toContain("does not answer");
  expect(questions).toEqual(Array(3).fill("c1 d7:command4:pinge"));
});
