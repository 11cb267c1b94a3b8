import { describe, expect, test } from "vitest";
import type { Road } from "./b2bua/index.ts";
import type { Flow } from "./flow.ts";
import { ourCause } from "./leg/index.ts";
import type { ReceivedMessage, ReceivedRequest } from "./message/index.ts";
import { exchange, nothing } from "./testing/exchange.ts";
import { fakeFlow } from "./testing/fake-flow.ts";
import { audio, phone } from "./testing/phone.ts";

/** A caller and an agent who talk while their exchange dies and another one goes on with what was written down. */
function crash({ held = false } = {}) {
  const before = exchange();
  let deliver = before.edge.transactions.receive;
  const say = (message: ReceivedMessage, flow: Flow): void => deliver(message, flow);
  const caller = phone(say);
  const lan = phone(say, { number: "lan", address: "198.51.100.9", transport: "WS" });
  before.put("lan", lan);
  caller.say("INVITE", { body: audio() });
  before.calls[0]?.ring(before.device("lan"));
  const early = before.calls[0]?.talk();
  lan.reply(200, { body: audio("sendrecv", "lan") });
  caller.join("200");
  caller.say("ACK");
  if (held) {
    lan.say("INVITE", { body: audio("sendonly", "lan") });
    caller.reply(200, { body: audio("recvonly") });
    lan.say("ACK");
  }
  const talk = before.calls[0]?.talk() ?? "";
  const after = exchange();
  deliver = after.edge.transactions.receive;
  const gone = fakeFlow("WS", "198.51.100.9");
  gone.close();
  const flowOf = ({ transport }: Road): Flow => (transport === "WS" ? gone : caller.flow);
  const call = after.resume(talk, flowOf);
  caller.news();
  lan.news();
  return { early, caller, lan, after, call };
}

describe("a talk that is resumed", () => {
  test("is passed on as before once its phone has come back, with numbers ahead of all that were used", () => {
    const { caller, lan, after } = crash();
    lan.reconnect();
    after.put("lan", lan);
    caller.say("INVITE", { body: audio("sendonly") });
    expect((lan.last("INVITE") as ReceivedRequest).cseq.number).toBeGreaterThan(1_000);
    lan.reply(200, { body: audio("recvonly", "lan") });
    caller.say("ACK");
    expect([caller.news(), lan.news()]).toEqual([["200"], ["INVITE", "ACK"]]);
    caller.say("BYE");
    lan.reply(200, { to: "BYE" });
    expect([caller.news(), lan.news()]).toEqual([["200"], ["BYE"]]);
    expect(after.said).toEqual(["ended 16 by party"]);
    expect(after.left()).toEqual(nothing);
  });

  test("is on hold as it was", () => {
    const { call } = crash({ held: true });
    expect(call.lines().map((line) => line.leg.phase)).toEqual(["up", "held"]);
  });

  test("ends when a phone has not come back in time, and the other side is told", () => {
    const { caller, after } = crash();
    after.clock.advance(14_999);
    expect(caller.news()).toEqual([]);
    after.clock.advance(1);
    expect([caller.news(), after.said]).toEqual([["BYE"], ["ended 27 by edge"]]);
    caller.reply(200, { to: "BYE" });
    expect(after.left()).toEqual(nothing);
  });

  test("rings nowhere else, and is asked now and then whether it lives", () => {
    const { caller, lan, after, call } = crash();
    lan.reconnect();
    after.put("lan", lan);
    expect(call.waits).toBe(false);
    after.clock.advance(900_000);
    expect([caller.news(), lan.news()]).toEqual([["OPTIONS"], ["OPTIONS"]]);
  });

  test("was written down only while two talked", () => {
    expect(crash().early).toBeUndefined();
  });

  test("of one who waited for somebody else goes on waiting, and is put through", () => {
    const before = exchange();
    let deliver = before.edge.transactions.receive;
    const caller = phone((message, flow) => deliver(message, flow));
    const lan = before.agent("lan");
    caller.say("INVITE", { body: audio() });
    before.calls[0]?.ring(before.device("lan"));
    lan.reply(200, { body: audio("sendrecv", "lan") });
    caller.join("200");
    caller.say("ACK");
    before.calls[0]?.release(ourCause("normal"));
    const talk = before.calls[0]?.talk() ?? "";
    caller.news();
    const after = exchange();
    deliver = after.edge.transactions.receive;
    const call = after.resume(talk, () => caller.flow);
    expect([call.waits, caller.news()]).toEqual([true, []]);
    const minh = after.agent("minh");
    call.ring(after.device("minh"));
    minh.reply(200, { body: audio("sendrecv", "minh") });
    caller.reply(200, { body: audio() });
    expect([caller.news(), minh.news()]).toEqual([
      ["INVITE", "ACK"],
      ["INVITE", "ACK"],
    ]);
    minh.say("BYE");
    caller.reply(200, { to: "BYE" });
    expect(after.left()).toEqual(nothing);
  });

  test.for(["", "{}", '{"id":"x"}', "null"])("is refused from %j", (text) => {
    const x = exchange();
    expect(() => x.resume(text, () => fakeFlow("UDP", "192.0.2.7"))).toThrow();
    expect(x.left()).toEqual(nothing);
  });
});
