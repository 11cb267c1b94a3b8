import { describe, expect, test } from "vitest";
import { ourCause } from "./leg/index.ts";
import { header, headerValues } from "./message/index.ts";
import { exchange, never, nothing } from "./testing/exchange.ts";
import { audio } from "./testing/phone.ts";

describe("a call", () => {
  test("waits, rings, is answered, talked and hung up", () => {
    const x = exchange();
    const caller = x.dial();
    const lan = x.agent("lan");
    caller.say("INVITE", { body: audio() });
    const call = x.calls[0];
    call?.queued(2);
    expect(header(caller.last("182") ?? never(), "x-queue-position")).toBe("2");
    call?.ring(x.device("lan"), [{ name: "x-interaction-id", value: "i1" }]);
    const invite = lan.last("INVITE") ?? never();
    expect([header(invite, "x-interaction-id"), header(invite, "from")]).toEqual([
      "i1",
      expect.stringMatching(/^<sip:0901234567@example.com>;tag=/),
    ]);
    expect(lan.body("INVITE")).toBe(audio());
    lan.reply(180);
    lan.reply(200, { body: audio("sendrecv", "lan") });
    expect([caller.news(), lan.news()]).toEqual([
      ["182", "180", "200"],
      ["INVITE", "ACK"],
    ]);
    expect(caller.body("200")).toBe(audio("sendrecv", "lan"));
    caller.join("200");
    caller.say("ACK");
    caller.say("BYE", { headers: ["Reason: Q.850;cause=16"] });
    expect([caller.news(), lan.news()]).toEqual([["200"], ["BYE"]]);
    lan.reply(200, { to: "BYE" });
    expect(x.said).toEqual(["ended 16 by party"]);
    expect(x.news.map((n) => `${n.party} ${n.phase}`)).toEqual([
      "carrier trying",
      "carrier early",
      "lan trying",
      "lan early",
      "lan up",
      "carrier up",
      "carrier down",
      "lan down",
    ]);
    expect(x.left()).toEqual(nothing);
  });

  test("that its caller gives up stops ringing, and says so to nobody twice", () => {
    const x = exchange();
    const caller = x.dial();
    const lan = x.agent("lan");
    const invite = caller.say("INVITE", { body: audio() });
    x.calls[0]?.ring(x.device("lan"));
    lan.reply(180);
    caller.say("CANCEL", { branch: invite.via.params.get("branch") ?? "" });
    expect([caller.news(), lan.news()]).toEqual([
      ["180", "200", "487"],
      ["INVITE", "CANCEL"],
    ]);
    lan.reply(200, { to: "CANCEL" });
    lan.reply(487);
    expect(x.said).toEqual(["ended 16 by party"]);
    caller.say("ACK", { branch: invite.via.params.get("branch") ?? "" });
    expect(x.left()).toEqual(nothing);
  });

  test("whose answer crosses with the CANCEL gets ACK and BYE", () => {
    const x = exchange();
    const caller = x.dial();
    const lan = x.agent("lan");
    const invite = caller.say("INVITE", { body: audio() });
    x.calls[0]?.ring(x.device("lan"));
    lan.reply(180);
    caller.say("CANCEL", { branch: invite.via.params.get("branch") ?? "" });
    lan.reply(200, { body: audio() });
    expect([caller.news(), lan.news()]).toEqual([
      ["180", "200", "487"],
      ["INVITE", "CANCEL", "ACK", "BYE"],
    ]);
    lan.reply(200, { to: "BYE" });
    expect(x.left()).toEqual(nothing);
  });

  test("that somebody declines rings at the next, and the caller hears nothing of it", () => {
    const x = exchange();
    const caller = x.dial();
    const [lan, minh] = [x.agent("lan"), x.agent("minh")];
    caller.say("INVITE", { body: audio() });
    x.calls[0]?.ring(x.device("lan"));
    lan.reply(486);
    expect([x.said, caller.news()]).toEqual([["missed 17"], []]);
    x.calls[0]?.ring(x.device("minh"));
    minh.reply(200, { body: audio() });
    expect(caller.news()).toEqual(["200"]);
    caller.join("200");
    caller.say("ACK");
    minh.say("BYE");
    expect(caller.news()).toEqual(["BYE"]);
    caller.reply(200, { to: "BYE" });
    expect(x.left()).toEqual(nothing);
  });

  test("that rings too long is taken back, and refused when nobody is left", () => {
    const x = exchange();
    const caller = x.dial();
    const lan = x.agent("lan");
    caller.say("INVITE", { body: audio() });
    x.calls[0]?.ring(x.device("lan"));
    expect(() => x.calls[0]?.ring(x.device("lan"))).toThrow();
    lan.reply(180);
    x.calls[0]?.stopRinging(ourCause("no answer"));
    lan.reply(487);
    expect([x.said, lan.news()]).toEqual([["missed 19"], ["INVITE", "CANCEL", "ACK"]]);
    x.calls[0]?.hangUp(ourCause("no answer"));
    expect(caller.news()).toEqual(["180", "480"]);
    expect(headerValues(caller.last("480") ?? never(), "reason")[1]).toBe('Q.850;cause=19;text="no answer"');
    expect(x.left()).toEqual(nothing);
  });

  test("that meets a bug of the desk is refused and forgotten", () => {
    const x = exchange({
      incoming: () => {
        throw new Error("a bug");
      },
    });
    const caller = x.dial();
    caller.say("INVITE", { body: audio() });
    expect([caller.news(), x.bugs.splice(0).map(String)]).toEqual([["500"], ["Error: a bug"]]);
    expect(x.left()).toEqual(nothing);
  });

  test("whose caller makes no offer takes the agent's, and his ACK answers it", () => {
    const x = exchange();
    const caller = x.dial();
    const lan = x.agent("lan");
    caller.say("INVITE");
    x.calls[0]?.ring(x.device("lan"));
    expect(lan.body("INVITE")).toBe("");
    lan.reply(200, { body: audio("sendrecv", "lan") });
    expect(lan.news()).toEqual(["INVITE"]);
    caller.join("200");
    caller.say("ACK", { body: audio("sendrecv", "late") });
    expect([lan.news(), lan.body("ACK")]).toEqual([["ACK"], audio("sendrecv", "late")]);
    lan.say("BYE");
    caller.reply(200, { to: "BYE" });
    expect(x.left()).toEqual(nothing);
  });

  test("whose caller makes no offer and hangs up unanswered: the agent's 200 has its ACK before the BYE", () => {
    const x = exchange();
    const caller = x.dial();
    const lan = x.agent("lan");
    caller.say("INVITE");
    x.calls[0]?.ring(x.device("lan"));
    lan.reply(200, { body: audio() });
    caller.join("200");
    caller.say("BYE");
    expect(lan.news()).toEqual(["INVITE", "ACK", "BYE"]);
    lan.reply(200, { to: "BYE" });
    expect(x.left()).toEqual(nothing);
  });

  test("whose 200 nobody acknowledges is repeated and ended", () => {
    const x = exchange();
    const caller = x.dial({ transport: "UDP" });
    const lan = x.agent("lan");
    caller.say("INVITE", { body: audio() });
    x.calls[0]?.ring(x.device("lan"));
    lan.reply(200, { body: audio() });
    x.clock.advance(31_000);
    expect(caller.news().filter((n) => n === "200").length).toBeGreaterThan(5);
    x.clock.advance(2_000);
    expect([lan.news(), x.said]).toEqual([["INVITE", "ACK", "BYE"], ["ended 102 by edge"]]);
    expect(caller.flow.trace).toContain("BYE");
    lan.reply(200, { to: "BYE" });
    expect(x.left()).toEqual(nothing);
  });

  test("whose caller hangs up before his ACK is there hears no 200 any more", () => {
    const x = exchange();
    const caller = x.dial({ transport: "UDP" });
    const lan = x.agent("lan");
    caller.say("INVITE", { body: audio() });
    x.calls[0]?.ring(x.device("lan"));
    lan.reply(200, { body: audio() });
    caller.join("200");
    caller.say("BYE");
    expect(caller.news()).toEqual(["200", "200"]);
    x.clock.advance(10_000);
    expect(caller.news()).toEqual([]);
    lan.reply(200, { to: "BYE" });
    expect(x.left()).toEqual(nothing);
  });

  test("ends once when both hang up at the same time", () => {
    const x = exchange();
    const { caller, lan } = x.talk();
    caller.say("BYE");
    lan.say("BYE");
    expect([caller.news(), lan.news()]).toEqual([["200"], ["BYE", "200"]]);
    lan.reply(200, { to: "BYE" });
    expect(x.said).toEqual(["ended 16 by party"]);
    lan.say("BYE");
    expect(lan.news()).toEqual(["481"]);
    expect(x.left()).toEqual(nothing);
  });

  test("that is hung up before the ACK is there waits for it", () => {
    const x = exchange();
    const caller = x.dial();
    const lan = x.agent("lan");
    caller.say("INVITE", { body: audio() });
    x.calls[0]?.ring(x.device("lan"));
    lan.reply(200, { body: audio() });
    lan.say("BYE");
    expect(caller.news()).toEqual(["200"]);
    caller.join("200");
    caller.say("ACK");
    expect(caller.news()).toEqual(["BYE"]);
    caller.reply(200, { to: "BYE" });
    expect(x.left()).toEqual(nothing);
  });
});

describe("what is not audio", () => {
  const refused = (body: string, type = "application/sdp") => {
    const x = exchange();
    const caller = x.dial();
    caller.say("INVITE", { body, headers: [`Content-Type: ${type}`] });
    expect([x.calls, x.edge.transactions.size]).toEqual([[], 0]);
    return caller.news();
  };
  test("is refused before it costs anything", () => {
    expect(refused("hello", "text/plain")).toEqual(["415"]);
    expect(refused(audio().repeat(200))).toEqual(["413"]);
    expect(refused(`${audio()}m=video 4002 RTP/AVP 96\r\n`)).toEqual(["488"]);
    expect(refused(audio().replace("audio 4000", "audio 0"))).toEqual(["488"]);
    expect(refused(audio().replace("s=-", "s=\u0000"))).toEqual(["488"]);
    expect(refused("hello")).toEqual(["488"]);
  });

  test("is refused as an answer too, and in mid-call without harm", () => {
    const x = exchange();
    const { caller, lan } = x.talk();
    lan.say("INVITE", { body: "v=0\r\n" });
    expect([lan.news(), caller.news()]).toEqual([["488"], []]);
    const y = exchange();
    const other = y.dial();
    const minh = y.agent("minh");
    other.say("INVITE", { body: audio() });
    y.calls[0]?.ring(y.device("minh"));
    minh.reply(200);
    expect([minh.news(), y.said, other.news()]).toEqual([["INVITE", "ACK", "BYE"], ["missed 88"], []]);
  });
});

test("a trunk is never shut out, whatever comes from there; anybody else is", () => {
  const { bans } = exchange().edge.gate;
  for (let n = 0; n < 100; n++) for (const from of ["192.0.2.7", "198.51.100.9"]) bans.strike(from);
  expect([bans.banned("192.0.2.7"), bans.banned("198.51.100.9")]).toEqual([false, true]);
});
