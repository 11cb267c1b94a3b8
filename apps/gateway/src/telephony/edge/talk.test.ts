import { describe, expect, test } from "vitest";
import { header } from "./message/index.ts";
import { exchange, never, nothing } from "./testing/exchange.ts";
import { audio } from "./testing/phone.ts";

describe("in a talk", () => {
  test("hold and resume go through, and each leg knows who holds", () => {
    const x = exchange();
    const { caller, lan } = x.talk();
    for (const [direction, back] of [
      ["sendonly", "recvonly"],
      ["sendrecv", "sendrecv"],
    ] as const) {
      lan.say("INVITE", { body: audio(direction) });
      expect(caller.body("INVITE")).toBe(audio(direction));
      caller.reply(200, { body: audio(back) });
      expect([caller.news(), lan.news(), lan.body("200")]).toEqual([["INVITE", "ACK"], ["200"], audio(back)]);
      lan.say("ACK");
    }
    expect(x.news.slice(-2).map((n) => `${n.party} ${n.phase}`)).toEqual(["lan held", "lan up"]);
    caller.say("BYE");
    lan.reply(200, { to: "BYE" });
    expect(x.left()).toEqual(nothing);
  });

  test("two changes that cross are both sent back with 491", () => {
    const x = exchange();
    const { caller, lan } = x.talk();
    lan.say("INVITE", { body: audio("sendonly") });
    const invite = caller.say("INVITE", { body: audio("sendonly") });
    expect([caller.news(), lan.news()]).toEqual([["INVITE", "491"], []]);
    caller.say("ACK", { branch: invite.via.params.get("branch") ?? "" });
    caller.reply(491);
    expect(lan.news()).toEqual(["491"]);
    // Later one of them comes through.
    lan.say("INVITE", { body: audio("sendonly") });
    caller.reply(200, { body: audio("recvonly") });
    lan.say("ACK");
    expect(x.news.at(-1)?.phase).toBe("held");
    caller.say("BYE");
    lan.reply(200, { to: "BYE" });
    expect(x.left()).toEqual(nothing);
  });

  test("a digit by INFO is told to the other, UPDATE and OPTIONS are answered here, REFER leads nowhere", () => {
    const x = exchange();
    const { caller, lan } = x.talk();
    caller.say("INFO", { body: "Signal=5", headers: ["Content-Type: application/dtmf-relay"] });
    expect([lan.body("INFO"), header(lan.last("INFO") ?? never(), "content-type"), caller.news()]).toEqual([
      "Signal=5",
      "application/dtmf-relay",
      [],
    ]);
    lan.reply(200, { to: "INFO" });
    caller.say("UPDATE", { headers: ["Supported: timer", "Session-Expires: 300;refresher=uac"] });
    expect(header(caller.last("200") ?? never(), "session-expires")).toBe("300;refresher=uac");
    caller.say("UPDATE", { body: audio() });
    caller.say("UPDATE", { headers: ["Session-Expires: 30"] });
    caller.say("OPTIONS");
    caller.say("PRACK", { headers: ["RAck: 1 1 INVITE"] });
    lan.say("REFER", { headers: ["Refer-To: <sip:premium@elsewhere.example>"] });
    caller.say("NOTIFY", { headers: ["Event: refer"] });
    expect(caller.news()).toEqual(["200", "200", "488", "422", "200", "481", "481"]);
    expect(lan.news()).toEqual(["INFO", "603"]);
    caller.say("BYE");
    lan.reply(200, { to: "BYE" });
    expect(x.left()).toEqual(nothing);
  });

  test("an older request than the last is refused, and one of a dialog that is not, too", () => {
    const x = exchange();
    const { caller, lan } = x.talk();
    caller.say("INFO", { cseq: 1 });
    caller.say("BYE", { to: "<sip:support@example.com>;tag=guessed" });
    expect([caller.news(), lan.news()]).toEqual([["500", "481"], []]);
  });

  test("who vanishes may come back by another connection and goes on", () => {
    const x = exchange();
    const { caller, lan } = x.talk();
    x.edge.gate.closed(lan.flow);
    lan.flow.open = false;
    x.clock.advance(10_000);
    lan.reconnect();
    x.put("lan", lan);
    x.clock.advance(10_000);
    expect(x.said).toEqual([]);
    caller.say("BYE");
    expect(lan.news()).toEqual(["BYE"]);
    lan.reply(200, { to: "BYE" });
    expect(x.left()).toEqual(nothing);
  });

  test("who vanishes and stays away is hung up on", () => {
    const x = exchange();
    const { caller, lan } = x.talk();
    lan.flow.open = false;
    x.edge.gate.closed(lan.flow);
    x.clock.advance(15_000);
    expect([x.said, caller.news()]).toEqual([["ended 27 by edge"], ["BYE"]]);
    caller.reply(200, { to: "BYE" });
    expect(x.left()).toEqual(nothing);
  });

  test("a party that is silent for the length of a session is hung up on, one that lives is not", () => {
    const x = exchange();
    const { caller, lan } = x.talk();
    x.clock.advance(900_000);
    expect([caller.news(), lan.news()]).toEqual([["OPTIONS"], ["OPTIONS"]]);
    caller.reply(200, { to: "OPTIONS" });
    lan.reply(481, { to: "OPTIONS" });
    expect([caller.news(), lan.news(), x.said]).toEqual([["BYE"], ["BYE"], ["ended 102 by edge"]]);
    caller.reply(200, { to: "BYE" });
    lan.reply(200, { to: "BYE" });
    expect(x.left()).toEqual(nothing);
  });

  test("18x is made sure of for who demands it", () => {
    const x = exchange();
    const caller = x.dial({ transport: "UDP" });
    caller.say("INVITE", { body: audio(), headers: ["Require: 100rel"] });
    x.calls[0]?.queued(1);
    x.calls[0]?.queued(0);
    x.clock.advance(1_600);
    expect(caller.news()).toEqual(["182", "182", "182"]);
    caller.join("182");
    caller.say("PRACK", { headers: ["RAck: 1 1 INVITE"] });
    expect([caller.news(), header(caller.last("182") ?? never(), "rseq")]).toEqual([["182", "200"], "2"]);
    x.clock.advance(40_000);
    expect([caller.news().at(-1), x.said]).toEqual(["504", ["ended 102 by edge"]]);
    expect(x.left()).toEqual(nothing);
  });
});
