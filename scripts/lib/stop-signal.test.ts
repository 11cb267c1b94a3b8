import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";

const code = `
  import { listenForStop } from ${JSON.stringify(join(import.meta.dirname, "stop-signal.ts"))};
  const stop = listenForStop(() => { console.log("insists"); process.exit(0); });
  void stop.asked.then(() => console.log("asked"));
  setInterval(() => {}, 1000);
  console.log("up");`;

let child: ChildProcess;
let said: string[];
afterEach(() => child.kill("SIGKILL"));

async function launch(): Promise<void> {
  said = [];
  child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => said.push(...chunk.trim().split("\n")));
  await heard("up");
}

async function heard(word: string): Promise<void> {
  while (!said.includes(word)) await once(child.stdout as NodeJS.ReadableStream, "data");
}

test("npm's copy of a Ctrl-C is the same wish, a later one insists", async () => {
  await launch();
  child.kill("SIGINT");
  await heard("asked");
  child.kill("SIGINT");
  // Real time on purpose: what tells an echo from a second wish is how long it takes to come.
  await pause(900);
  expect(said).toEqual(["up", "asked"]);
  child.kill("SIGINT");
  await heard("insists");
});

test("the death of the process that started us is a wish to stop", async () => {
  await launch();
  child.disconnect();
  await heard("asked");
  expect(said).toEqual(["up", "asked"]);
});
