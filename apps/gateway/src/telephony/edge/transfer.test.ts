import { describe, expect, test } from "vitest";
import { ourCause } from "./leg/index.ts";
import { header, type ReceivedRequest } from "./message/index.ts";
import { exchange, never, nothing } from "./testing/exchange.ts";
import { audio, type Phone } from "./testing/phone.ts";

const referTo = (uri: string) => ({ headers: [`Refer-To: <${uri}>`] });
/** What NOTIFY told, since it was asked last. */
const told = (phone: Phone) =>
  phone.flow.sent
    .splice(0)
    .flatMap((m) => (m.kind === "request" && m.method === "NOTIFY" ? [statusOf(m)] : []));
const statusOf = (m: ReceivedRequest) => Buffer.from(m.body).toString().split(" ")[1];

describe("a blind transfer", () => {
  test("rings at whom the desk means, joins him on a new leg, and lets the agent go", () => {
    const x = exchange();
    const { caller, lan } = x.talk();
    const minh = x.agent("minh");
    lan.say("REFER", referTo("sip:minh@example.com"));
    expect([lan.news(), minh.body("INVITE"), caller.news()]).toEqual([["202", "NOTIFY"], "", []]);
    minh.reply(180);
    minh.reply(200, { body: audio("sendrecv", "minh") });
    // The caller is asked with the offer of the new party, whose ACK carries the answer.
    expect([caller.news(), caller.body("INVITE"), minh.news()]).toEqual([
      ["INVITE"],
      audio("sendrecv", "minh"),
      ["INVITE"],
    ]);
    caller.reply(200, { body: audio("sendrecv", "caller") });
    expect([caller.news(), minh.news(), minh.body("ACK")]).toEqual([
      ["ACK"],
      ["ACK"],
      audio("sendrecv", "caller"),
    ]);
    expect([lan.news(), told(lan), x.said]).toEqual([
      ["NOTIFY", "NOTIFY", "BYE"],
      ["100", "180", "200"],
      ["lan to minh"],
    ]);
    minh.say("INFO");
    expect(caller.news()).toEqual(["INFO"]);
    caller.say("BYE");
    expect(minh.news()).toEqual(["BYE"]);
    minh.reply(200, { to: "BYE" });
    expect(x.left()).toEqual(nothing);
  });

  test("that is declined leaves the talk as it was", () => {
    const x = exchange();
    const { caller, lan } = x.talk();
    const minh = x.agent("minh");
    lan.say("REFER", referTo("sip:minh@example.com"));
    minh.reply(486);
    expect([told(lan), caller.news(), x.said]).toEqual([["100", "486"], [], []]);
    lan.say("INFO");
    expect(caller.news()).toEqual(["INFO"]);
    caller.say("BYE");
    expect(x.left()).toEqual(nothing);
  });

  test("goes on when the agent leaves at once, and ends the call when nobody takes it then", () => {
    const x = exchange();
    const { caller, lan } = x.talk();
    const minh = x.agent("minh");
    lan.say("REFER", referTo("sip:minh@example.com"));
    lan.say("BYE");
    expect([caller.news(), x.said]).toEqual([[], []]);
    minh.reply(486);
    expect([caller.news(), x.said]).toEqual([["BYE"], ["ended 17 by party"]]);
    expect(x.left()).toEqual(nothing);
  });

  test("leads nowhere but where the desk says, and only agents may ask for it", () => {
    const x = exchange();
    const { caller, lan } = x.talk();
    lan.say("REFER", referTo("sip:0900123456@premium.example"));
    caller.say("REFER", referTo("sip:lan@example.com"));
    lan.say("REFER");
    expect([lan.news(), caller.news()]).toEqual([["603", "400"], ["603"]]);
    const minh = x.agent("minh");
    lan.say("REFER", referTo("sip:minh@elsewhere.example"));
    lan.say("REFER", referTo("sip:minh@example.com"));
    expect(lan.news()).toEqual(["202", "NOTIFY", "491"]);
    expect(minh.last("INVITE")?.headers.find((h) => h.name === "to")?.value).toBe("<sip:minh@example.com>");
    caller.say("BYE");
    expect(minh.news()).toEqual(["INVITE"]);
    expect(x.left()).toEqual(nothing);
  });
});

test("who called out, sent the other on and closed his page is not missed", () => {
  const x = exchange();
  const [minh, hoa] = [x.agent("minh"), x.agent("hoa")];
  const lan = x.callAs("lan", minh, "minh");
  lan.say("REFER", referTo("sip:hoa@example.com"));
  hoa.reply(200, { body: audio("sendrecv", "hoa") });
  minh.reply(200, { body: audio("sendrecv", "minh") });
  expect(x.said).toEqual(["lan to hoa"]);
  lan.flow.open = false;
  x.edge.gate.closed(lan.flow);
  x.clock.advance(20_000);
  expect([x.said, x.calls.length]).toEqual([["lan to hoa"], 1]);
  hoa.say("BYE");
  expect(minh.news().at(-1)).toBe("BYE");
  expect(x.left()).toEqual(nothing);
});

describe("an attended transfer", () => {
  test("has the consulted agent answer anew in the place of his talk, and ends the consultation", () => {
    const x = exchange();
    const { caller, lan } = x.talk();
    const minh = x.agent("minh");
    const second = x.callAs("lan", minh, "minh");
    const ok = second.join("200");
    const tags = `${ok.callId}%3Bto-tag%3D${ok.to.params.get("tag")}%3Bfrom-tag%3D${ok.from.params.get("tag")}`;
    lan.say("REFER", referTo(`sip:minh@example.com?Replaces=${tags}`));
    const invite = minh.last("INVITE") ?? never();
    expect(header(invite, "replaces")).toMatch(/;to-tag=minh;from-tag=/);
    minh.reply(200, { body: audio("sendrecv", "fresh") });
    caller.reply(200, { body: audio("sendrecv", "caller") });
    expect([minh.body("ACK"), caller.body("INVITE")]).toEqual([
      audio("sendrecv", "caller"),
      audio("sendrecv", "fresh"),
    ]);
    expect([second.news(), lan.news().at(-1)]).toEqual([["BYE"], "BYE"]);
    expect(x.said).toEqual(["lan to minh", "ended 16 by edge"]);
    minh.say("BYE");
    expect(caller.news().at(-1)).toBe("BYE");
    expect(x.left()).toEqual(nothing);
  });

  test("cannot take over a talk of somebody else", () => {
    const x = exchange();
    const { caller, lan } = x.talk();
    const minh = x.agent("minh");
    const stranger = x.dial({ number: "0999" });
    stranger.say("INVITE", { body: audio() });
    x.calls[1]?.ring(x.device("minh"));
    minh.reply(200, { body: audio() });
    const ok = stranger.join("200");
    stranger.say("ACK");
    const tags = `${ok.callId}%3Bto-tag%3D${ok.to.params.get("tag")}%3Bfrom-tag%3D${ok.from.params.get("tag")}`;
    lan.say("REFER", referTo(`sip:minh@example.com?Replaces=${tags}`));
    expect(lan.news()).toEqual(["603"]);
    caller.say("BYE");
    stranger.say("BYE");
    expect(x.left()).toEqual(nothing);
  });
});

describe("who is released from a talk", () => {
  /** Lan has let go of the caller, and it rings at Minh. */
  function released() {
    const x = exchange();
    const { caller, lan } = x.talk();
    const minh = x.agent("minh");
    x.calls[0]?.release(ourCause("normal"));
    return { x, caller, lan, minh, call: x.calls[0] ?? never() };
  }

  test("waits without a word, and is put through to whom it rings at next", () => {
    const { x, caller, lan, minh, call } = released();
    expect([lan.news(), caller.news(), x.said, call.waits]).toEqual([["BYE"], [], [], true]);
    lan.reply(200, { to: "BYE" });
    call.ring(x.device("minh"));
    expect([call.waits, minh.body("INVITE"), caller.news()]).toEqual([false, "", []]);
    minh.reply(200, { body: audio("sendrecv", "minh") });
    expect(x.news.filter((n) => n.party === "minh").map((n) => n.phase)).toEqual(["trying"]);
    expect([caller.news(), caller.body("INVITE")]).toEqual([["INVITE"], audio("sendrecv", "minh")]);
    caller.reply(200, { body: audio("sendrecv", "caller") });
    expect(minh.body("ACK")).toBe(audio("sendrecv", "caller"));
    // Only now they talk.
    expect(x.news.filter((n) => n.party === "minh").map((n) => n.phase)).toEqual(["trying", "up"]);
    caller.say("BYE");
    expect(minh.news().at(-1)).toBe("BYE");
    minh.reply(200, { to: "BYE" });
    expect(x.said).toEqual(["ended 16 by party"]);
    expect(x.left()).toEqual(nothing);
  });

  test("waits on when it is declined there, and when the ringing is stopped", () => {
    const { x, lan, minh, call } = released();
    lan.reply(200, { to: "BYE" });
    call.ring(x.device("minh"));
    minh.reply(486);
    expect([x.said, call.waits]).toEqual([["missed 17"], true]);
    call.ring(x.device("minh"));
    call.stopRinging(ourCause("no answer"));
    minh.reply(487);
    expect([x.said, call.waits]).toEqual([["missed 17", "missed 19"], true]);
    call.hangUp(ourCause("normal"));
    expect(x.left()).toEqual(nothing);
  });

  test("ends the call by hanging up, while nothing rings and while it does", () => {
    for (const rings of [false, true]) {
      const { x, caller, lan, minh, call } = released();
      lan.reply(200, { to: "BYE" });
      if (rings) call.ring(x.device("minh"));
      caller.say("BYE");
      if (rings) minh.reply(487);
      expect(x.said).toEqual(["ended 16 by party"]);
      expect(x.left()).toEqual(nothing);
    }
  });

  test("is asked again when a change of theirs crosses with the joining", () => {
    const { x, caller, minh, lan, call } = released();
    lan.reply(200, { to: "BYE" });
    call.ring(x.device("minh"));
    minh.reply(200, { body: audio("sendrecv", "minh") });
    caller.reply(491);
    expect([caller.news(), x.said]).toEqual([["INVITE", "ACK"], []]);
    x.clock.advance(2_100);
    expect(caller.news()).toEqual(["INVITE"]);
    caller.reply(200, { body: audio("sendrecv", "caller") });
    expect(minh.body("ACK")).toBe(audio("sendrecv", "caller"));
    caller.say("BYE");
    minh.reply(200, { to: "BYE" });
    expect(x.left()).toEqual(nothing);
  });

  test("is rung for again when whom they joined hangs up before the media are changed", () => {
    const { x, caller, minh, lan, call } = released();
    lan.reply(200, { to: "BYE" });
    call.ring(x.device("minh"));
    minh.reply(200, { body: audio("sendrecv", "minh") });
    minh.say("BYE");
    caller.reply(200, { body: audio("sendrecv", "caller") });
    expect([x.said, call.waits]).toEqual([["missed 16"], true]);
    call.hangUp(ourCause("normal"));
    expect(x.left()).toEqual(nothing);
  });

  test("was on hold, or just being put there: nothing of it is left", () => {
    const x = exchange();
    const { caller, lan } = x.talk();
    lan.say("INVITE", { body: audio("sendonly", "lan") });
    x.calls[0]?.release(ourCause("normal"));
    caller.reply(200, { body: audio("recvonly") });
    expect([x.said, x.calls[0]?.waits]).toEqual([[], true]);
    caller.say("BYE");
    lan.reply(200, { to: "BYE" });
    expect(x.left()).toEqual(nothing);
  });

  test("is not sent on any more by whom they were released from", () => {
    const x = exchange();
    const { caller, lan } = x.talk();
    const minh = x.agent("minh");
    lan.say("REFER", referTo("sip:minh@example.com"));
    x.calls[0]?.release(ourCause("normal"));
    expect(minh.news()).toEqual(["INVITE"]);
    minh.reply(487);
    lan.reply(200, { to: "BYE" });
    expect([x.said, x.calls[0]?.waits]).toEqual([[], true]);
    caller.say("BYE");
    expect(x.left()).toEqual(nothing);
  });
});
