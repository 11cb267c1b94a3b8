import { expect, test } from "vitest";
import type { Device } from "./b2bua/index.ts";
import { header } from "./message/index.ts";
import { exchange, never, nothing } from "./testing/exchange.ts";
import { audio } from "./testing/phone.ts";

/** A caller in the line, and a device that plays to him. */
function waiting() {
  const x = exchange();
  const caller = x.dial();
  const lan = x.agent("lan");
  const music = x.dial({ number: "music", transport: "WS" });
  caller.say("INVITE", { body: audio() });
  const device: Device = { user: "music", uri: "sip:music@a.invalid", flow: music.flow };
  const call = x.calls[0] ?? never();
  call.attend(device);
  return { x, caller, lan, music, device, call };
}

/** He hears it. */
function listening() {
  const w = waiting();
  w.music.reply(200, { body: audio("sendrecv", "music") });
  w.caller.join("200");
  w.caller.say("ACK");
  for (const phone of [w.caller, w.music]) phone.news();
  return w;
}

/** Lan's phone answers what rings at it, the caller's agrees to the change. */
function taken({ caller, lan }: Pick<ReturnType<typeof waiting>, "caller" | "lan">): void {
  lan.reply(200, { body: audio("sendrecv", "lan") });
  caller.reply(200, { body: audio() });
}

test("who waits hears what is played to him, and an agent takes him from it by a change of his media", () => {
  const w = listening();
  expect(w.caller.body("200")).toBe(audio("sendrecv", "music"));
  expect(w.call.waits).toBe(true);
  w.call.ring(w.x.device("lan"), [{ name: "x-interaction-id", value: "i1" }]);
  expect(header(w.lan.last("INVITE") ?? never(), "x-interaction-id")).toBe("i1");
  taken(w);
  expect([w.music.news(), w.caller.body("INVITE"), w.lan.body("ACK")]).toEqual([
    ["BYE"],
    audio("sendrecv", "lan"),
    audio(),
  ]);
  w.music.reply(200, { to: "BYE" });
  expect([w.call.waits, w.x.said]).toEqual([false, []]);
  w.lan.say("BYE");
  w.caller.reply(200, { to: "BYE" });
  expect([w.x.said, w.x.left()]).toEqual([["ended 16 by party"], nothing]);
});

test("an agent who does not take it is missed, and the music goes on", () => {
  const w = listening();
  w.call.ring(w.x.device("lan"));
  w.lan.reply(486);
  expect([w.x.said, w.music.news(), w.call.waits]).toEqual([["missed 17"], [], true]);
  w.call.ring(w.x.device("lan"));
  taken(w);
  expect(w.music.news()).toEqual(["BYE"]);
});

test("an agent whose offer is over rings no more, and the music goes on", () => {
  const w = listening();
  w.call.ring(w.x.device("lan"));
  w.lan.reply(180);
  w.call.stopRinging({ sip: 480, q850: 19, text: "no answer", by: "edge" });
  expect(w.lan.news()).toEqual(["INVITE", "CANCEL"]);
  expect([w.x.said, w.call.waits]).toEqual([["missed 19"], true]);
});

test("an agent who is there before the music is takes the call as it came", () => {
  const w = waiting();
  w.call.ring(w.x.device("lan"));
  expect(w.music.news()).toEqual(["INVITE"]);
  expect(w.lan.body("INVITE")).toBe(audio());
  // Its INVITE was taken back, which nobody can do before a first answer: what comes now is acknowledged and ended.
  w.music.reply(200, { body: audio() });
  expect(w.music.news()).toEqual(["ACK", "BYE"]);
  w.lan.reply(200, { body: audio("sendrecv", "lan") });
  expect([w.caller.body("200"), w.x.said]).toEqual([audio("sendrecv", "lan"), []]);
});

test("music that cannot be had, or that stops, costs nobody his place", () => {
  const refused = waiting();
  refused.music.reply(503);
  expect([refused.caller.news(), refused.x.said, refused.call.waits]).toEqual([[], [], true]);
  const stopped = listening();
  stopped.music.say("BYE");
  expect([stopped.caller.news(), stopped.x.said, stopped.call.waits]).toEqual([[], [], true]);
  stopped.call.attend(stopped.device);
  stopped.music.reply(200, { body: audio("sendrecv", "music") });
  stopped.caller.reply(200, { body: audio() });
  expect([stopped.music.body("ACK"), stopped.caller.body("INVITE")]).toEqual([
    audio(),
    audio("sendrecv", "music"),
  ]);
  stopped.call.ring(stopped.x.device("lan"));
  taken(stopped);
  expect(stopped.lan.news()).toEqual(["INVITE", "ACK"]);
});

test("who gives up while he listens is gone at once, also while it rings", () => {
  const w = listening();
  w.call.ring(w.x.device("lan"));
  w.lan.reply(180);
  w.caller.say("BYE");
  expect([w.music.news(), w.lan.news(), w.x.said]).toEqual([
    ["BYE"],
    ["INVITE", "CANCEL"],
    ["ended 16 by party"],
  ]);
  w.music.reply(200, { to: "BYE" });
  w.lan.reply(200, { to: "CANCEL" });
  w.lan.reply(487);
  expect(w.x.left()).toEqual(nothing);
});

test("whom an agent lets go listens again, and what is written down of the call is the caller alone", () => {
  const w = listening();
  w.call.ring(w.x.device("lan"));
  taken(w);
  w.call.release({ sip: 200, q850: 16, text: "", by: "edge" });
  w.music.news();
  w.call.attend(w.device);
  expect(w.music.body("INVITE")).toBe("");
  w.music.reply(200, { body: audio("sendrecv", "music") });
  w.caller.reply(200, { body: audio() });
  expect(w.music.body("ACK")).toBe(audio());
  expect(w.call.waits).toBe(true);
  expect(JSON.parse(w.call.talk() ?? "").ends).toHaveLength(1);
});
