import { expect, test } from "vitest";
import { header } from "./message/index.ts";
import { callWithPassword, exchange, never, nothing } from "./testing/exchange.ts";
import { audio } from "./testing/phone.ts";
import { fakeRelay } from "./testing/relay.ts";

/** A caller of the trunk and Lan talk through a relay. */
async function talk() {
  const relay = fakeRelay();
  const x = exchange({}, relay.relay);
  const caller = x.dial({ transport: "UDP" });
  const lan = x.agent("lan");
  caller.say("INVITE", { body: audio() });
  x.calls[0]?.ring(x.device("lan"));
  await relay.done();
  lan.reply(200, { body: audio("sendrecv", "lan") });
  await relay.done();
  caller.join("200");
  caller.say("ACK");
  caller.news();
  lan.news();
  return { ...relay, x, caller, lan };
}

test("what a trunk and an agent say of their media reaches the other by the relay, in the other's speech", async () => {
  const { did, open, x, caller, lan } = await talk();
  expect([did, open.size]).toEqual([["offer for webrtc", "answer for plain"], 1]);
  expect(lan.body("INVITE")).toContain("o=phone-relayed");
  expect(caller.body("200")).toContain("o=lan-relayed");
  caller.say("BYE");
  lan.reply(200, { to: "BYE" });
  expect([open.size, x.left()]).toEqual([0, nothing]);
});

test("a hold goes by the relay as well, whoever asks for it", async () => {
  const { did, done, caller, lan } = await talk();
  lan.say("INVITE", { body: audio("sendonly", "lan") });
  await done();
  caller.reply(200, { body: audio("recvonly") });
  await done();
  expect(did.slice(2)).toEqual(["offer for plain", "answer for webrtc"]);
  expect(caller.body("INVITE")).toContain("a=sendonly");
  expect(lan.body("200")).toContain("o=phone-relayed");
});

test("who takes over a talk has a way through the relay of his own, and the old one is given up", async () => {
  const { open, done, x, caller, lan } = await talk();
  const [before] = open;
  const minh = x.agent("minh");
  lan.say("REFER", { headers: ["Refer-To: <sip:minh@example.com>"] });
  minh.reply(200, { body: audio("sendrecv", "minh") });
  await done();
  expect(caller.body("INVITE")).toContain("o=minh-relayed");
  caller.reply(200, { body: audio() });
  await done();
  expect(minh.body("ACK")).toContain("o=phone-relayed");
  expect(x.said).toEqual(["lan to minh"]);
  expect(open.size).toBe(1);
  expect(open.has(before ?? "")).toBe(false);
});

test("an agent who declines gives up the way, and the next has one of his own", async () => {
  const relay = fakeRelay();
  const x = exchange({}, relay.relay);
  const caller = x.dial();
  const [lan, minh] = [x.agent("lan"), x.agent("minh")];
  caller.say("INVITE", { body: audio() });
  x.calls[0]?.ring(x.device("lan"));
  await relay.done();
  lan.reply(486);
  expect([x.said, relay.open.size]).toEqual([["missed 17"], 0]);
  x.calls[0]?.ring(x.device("minh"));
  await relay.done();
  expect(minh.body("INVITE")).toContain("relayed");
  expect(relay.open.size).toBe(1);
});

test("a caller who gives up while the relay is asked rings at nobody", async () => {
  const relay = fakeRelay();
  const x = exchange({}, relay.relay);
  const caller = x.dial();
  const lan = x.agent("lan");
  const invite = caller.say("INVITE", { body: audio() });
  x.calls[0]?.ring(x.device("lan"));
  caller.say("CANCEL", { branch: invite.via.params.get("branch") ?? "" });
  await relay.done();
  expect([lan.news(), caller.news(), x.said]).toEqual([[], ["200", "487"], ["ended 16 by party"]]);
  caller.say("ACK", { branch: invite.via.params.get("branch") ?? "" });
  expect(relay.open.size).toBe(0);
  expect(x.left()).toEqual(nothing);
});

test("while the relay does not answer the desk is told who called, and the caller why it cannot be", () => {
  const relay = fakeRelay();
  relay.worksIs(false);
  const x = exchange({}, relay.relay);
  const caller = x.dial();
  caller.say("INVITE", { body: audio() });
  expect([x.calls.length, x.said]).toEqual([1, ["ended 47 by edge"]]);
  expect(header(caller.last("503") ?? never(), "reason")).toContain("no road for the sound");
});

test("a relay that fails when it rings ends the call, and one that fails in a talk refuses the change only", async () => {
  const { worksIs, done, x, lan } = await talk();
  worksIs(false);
  lan.say("INVITE", { body: audio("sendonly", "lan") });
  await done();
  expect([lan.news(), x.said]).toEqual([["503"], []]);
  worksIs(true);
  const other = x.dial({ number: "0909999999" });
  other.say("INVITE", { body: audio() });
  worksIs(false);
  x.calls[1]?.ring(x.device("lan"));
  await done();
  expect([other.news(), x.said, x.bugs.length]).toEqual([["503"], ["ended 47 by edge"], 2]);
});

test("two of our own people speak directly", () => {
  const relay = fakeRelay();
  const x = exchange({}, relay.relay);
  const lan = x.agent("lan");
  const line = x.dial({ number: "minh", address: "198.51.100.9", transport: "WS" });
  callWithPassword(line, x.edge.credentials.mint({ user: "minh", session: "s" }, 60_000));
  x.calls.at(-1)?.ring(x.device("lan"));
  expect([lan.body("INVITE"), relay.did]).toEqual([audio(), []]);
});
