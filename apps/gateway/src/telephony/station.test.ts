import { expect, test } from "vitest";
import { exchange, never, nothing } from "./edge/testing/exchange.ts";
import { audio } from "./edge/testing/phone.ts";
import { createStation } from "./station.ts";

/** A caller whom the station attends; what its endpoint is asked is noted. */
function attended(answer: Promise<string> = Promise.resolve(audio("sendrecv", "music"))) {
  const did: string[] = [];
  const faults: unknown[] = [];
  const x = exchange();
  const endpoint = {
    answer(_: string, offer: string) {
      did.push(`answers ${offer === audio() ? "the caller" : "somebody"}`);
      return answer;
    },
    offer() {
      did.push("offers");
      return answer;
    },
    accept: (_: string, sdp: string) => did.push(`accepts ${sdp === audio() ? "the caller" : "somebody"}`),
    close: () => did.push("closes"),
    stop: () => {},
  };
  const station = createStation({
    endpoint,
    deliver: x.edge.transactions.receive,
    report: (error) => faults.push(error),
  });
  const caller = x.dial();
  caller.say("INVITE", { body: audio() });
  const call = x.calls[0] ?? never();
  call.attend(station);
  return { x, caller, call, station, did, faults };
}
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

async function listening() {
  const w = attended();
  await settled();
  w.caller.join("200");
  w.caller.say("ACK");
  w.caller.news();
  return w;
}

test("the station answers with what its endpoint says, and its talk is closed when the caller leaves", async () => {
  const w = await listening();
  expect(w.caller.body("200")).toBe(audio("sendrecv", "music"));
  w.caller.say("BYE");
  await settled();
  expect([w.did, w.x.said, w.faults]).toEqual([["answers the caller", "closes"], ["ended 16 by party"], []]);
  expect(w.x.left()).toEqual(nothing);
});

test("an endpoint that cannot is reported, and the caller waits on", async () => {
  const w = attended(Promise.reject(new Error("too many talks at once")));
  await settled();
  expect([w.caller.news(), w.call.waits, w.x.said, w.faults.length]).toEqual([[], true, [], 1]);
});

test("a caller who is gone before the endpoint has answered leaves nothing behind", async () => {
  const later = Promise.withResolvers<string>();
  const w = attended(later.promise);
  await settled();
  w.call.hangUp({ sip: 480, q850: 16, text: "", by: "edge" });
  await settled();
  later.resolve(audio());
  await settled();
  expect([w.did, w.faults]).toEqual([["answers the caller", "closes"], []]);
});

test("when what played is gone everybody is let go, and is attended anew with an offer of ours", async () => {
  const w = await listening();
  w.station.leaveAll();
  expect([w.call.waits, w.caller.news()]).toEqual([true, []]);
  w.call.attend(w.station);
  await settled();
  w.caller.reply(200, { body: audio() });
  await settled();
  expect(w.did).toEqual(["answers the caller", "offers", "accepts the caller"]);
  expect([w.call.waits, w.faults, w.x.bugs]).toEqual([true, [], []]);
});
