import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InboundEvent } from "../channel.ts";
import { exactJson } from "../kit/exact-json.ts";
import { parseBody } from "./parse.ts";

const sender = { id: "42" };
const recipient = { id: "1" };
const entry = (...messaging: unknown[]) => ({ id: "1", time: 1_700_000_000_500, messaging });
const body = (...messaging: unknown[]) => ({ object: "page", entry: [entry(...messaging)] });
const item = (event: object) => ({ sender, recipient, timestamp: 1_700_000_000_000, ...event });
const said = (text: unknown, mid: unknown = "m_1") => item({ message: { mid, text } });
const eventOf = (...messaging: unknown[]): InboundEvent | undefined =>
  parseBody(body(...messaging))[0]?.event;

describe("identity", () => {
  it("T4: an echo is never a customer's message, whatever else it says", () => {
    const echo = { mid: "m_1", text: "hi", is_echo: true, quick_reply: { payload: "X" } };
    expect(eventOf({ sender: recipient, recipient: sender, message: echo })).toMatchObject({
      kind: "echo",
      to: "42",
    });
    expect(eventOf(item({ message: { ...echo, is_echo: "true" } }))).toMatchObject({ kind: "unsupported" });
  });

  it("T4: what the page itself sent never becomes a customer, even unmarked", () => {
    for (const event of [
      { message: { mid: "m_1", text: "hi" } },
      { read: { watermark: 1_700_000_000_000 } },
    ]) {
      expect(eventOf({ sender: recipient, recipient: sender, ...event })).toMatchObject({
        kind: "unsupported",
      });
    }
  });

  it("T5: metadata that is not one of our ids is somebody else's", () => {
    const echo = (metadata: unknown) => ({
      sender: recipient,
      recipient: sender,
      message: { mid: "m_1", is_echo: true, metadata },
    });
    for (const metadata of ["bot", "", 5, null, { a: 1 }]) {
      expect(eventOf(echo(metadata))).toMatchObject({ kind: "echo", ours: null });
    }
  });

  it("keeps ids beyond 2^53 exact in text and refuses rounded ones", () => {
    const text = JSON.stringify(body(said("hi"))).replace('"42"', "9007199254740993");
    expect(parseBody(exactJson(text))).toMatchObject([
      { event: { kind: "message", from: "9007199254740993" } },
    ]);
    expect(parseBody(JSON.parse(text))).toMatchObject([
      { event: { kind: "unsupported", why: "sender.id: invalid_union" } },
    ]);
  });

  it("needs the id of a message, and of its sender", () => {
    for (const odd of [
      { message: { text: "hi" } },
      { message: { mid: "", text: "hi" } },
      { message: { mid: {} } },
    ]) {
      expect(eventOf(item(odd))).toMatchObject({ kind: "unsupported" });
    }
    expect(eventOf({ recipient, message: { mid: "m_1" } })).toMatchObject({
      kind: "unsupported",
      why: "no sender id",
    });
  });

  it("tells two receipts with one watermark apart by the messages that they name", () => {
    const receipt = (mid: string) => item({ delivery: { mids: [mid], watermark: 1_700_000_000_000 } });
    const [a, b, again] = parseBody(body(receipt("m_1"), receipt("m_2"), receipt("m_1")));
    expect(a?.key).not.toBe(b?.key);
    expect(a?.key).toBe(again?.key);
  });

  it("keeps keys short enough for an index", () => {
    const mids = Array.from({ length: 200 }, (_, i) => `m_${i}_${"x".repeat(100)}`);
    const [parsed] = parseBody(body(item({ delivery: { mids, watermark: 1_700_000_000_000 } })));
    expect(parsed?.key).toHaveLength(64);
    expect(parsed?.event).toMatchObject({ externalIds: mids });
  });
});

describe("time", () => {
  it.each([
    [1_700_000_000_000, 1_700_000_000_000],
    ["1700000000000", 1_700_000_000_000],
    [1_700_000_000, 1_700_000_000_000],
    ["1700000000", 1_700_000_000_000],
    [1_700_000_000_000.7, 1_700_000_000_000],
  ])("X5: %s is read as %s", (timestamp, at) => {
    expect(parseBody(body({ ...said("hi"), timestamp }))).toMatchObject([{ at }]);
  });

  it.each([0, -5, "soon", null, {}, 1e300])("X5: %s is no time, and the entry's stands in", (timestamp) => {
    expect(parseBody(body({ ...said("hi"), timestamp }))).toMatchObject([{ at: 1_700_000_000_500 }]);
  });

  it("X5: knows no time where there is none", () => {
    expect(
      parseBody({ object: "page", entry: [{ id: "1", messaging: [{ sender, message: { mid: "m" } }] }] }),
    ).toMatchObject([{ at: null, event: { kind: "message" } }]);
  });

  it("T14: a watermark that is no time tells nothing", () => {
    expect(eventOf(item({ read: { watermark: 0 } }))).toMatchObject({ kind: "unsupported" });
    expect(eventOf(item({ read: {} }))).toMatchObject({ kind: "unsupported" });
  });
});

describe("content", () => {
  it("X6: NUL, lone surrogates and NFD are made fit for a database, in text and in facts", () => {
    expect(eventOf(said("a\u0000b \ud83d e\u0302\u0323"))).toMatchObject({ text: "ab \ufffd ệ" });
    expect(eventOf(item({ referral: { "r\u0000ef": "x\u0000" } }))).toMatchObject({ data: { ref: "x" } });
  });

  it("X6: empty, blank and very long text is kept", () => {
    for (const text of ["", "  ", "ơ".repeat(100_000), "👨‍👩‍👧‍👦", "\u202Eabc"]) {
      expect(eventOf(said(text))).toMatchObject({ kind: "message", text });
    }
  });

  it("T17: a reaction that is called other shows its emoji, and without one it is told as an event", () => {
    const reaction = { reaction: "other", action: "react", mid: "m_9" };
    expect(eventOf(item({ reaction: { ...reaction, emoji: "🎉" } }))).toMatchObject({
      kind: "reaction",
      emoji: "🎉",
    });
    expect(eventOf(item({ reaction }))).toMatchObject({
      kind: "notice",
      name: "reaction",
      data: { reaction: "other", mid: "m_9" },
      opensWindow: true,
    });
    expect(eventOf(item({ reaction: { ...reaction, reaction: "wow" } }))).toMatchObject({ emoji: "😮" });
  });

  it("permissions that customers give stay out of sight", () => {
    const given = { authorization_code: "s3cret", one_time_notif_token: "s3cret", type: "x" };
    for (const event of [
      { account_linking: given },
      { optin: { ...given, notification_messages_token: "s3cret" } },
    ]) {
      expect(eventOf(item(event))).toMatchObject({ kind: "notice", data: { type: "x" } });
      expect(JSON.stringify(eventOf(item(event)))).not.toContain("s3cret");
    }
  });

  it("an unsend by the page is told for its customer", () => {
    const message = { mid: "m_1", is_echo: true, is_deleted: true };
    expect(eventOf({ sender: recipient, recipient: sender, message })).toEqual({
      kind: "removed",
      from: "42",
      externalId: "m_1",
    });
  });

  it("a message with app hops beside it is a message", () => {
    expect(eventOf({ hop_context: [], ...said("hi") })).toMatchObject({ kind: "message", text: "hi" });
  });

  it("an odd addition does not cost the words", () => {
    const odd = { quick_reply: 5, reply_to: "x", referral: [1], commands: "none", metadata: {} };
    expect(eventOf(item({ message: { mid: "m_1", text: "hi", ...odd } }))).toMatchObject({
      kind: "message",
      text: "hi",
    });
  });

  it("an odd attachment does not cost its neighbours", () => {
    const attachments = [
      null,
      7,
      { type: "image" },
      { type: "file", payload: { url: "https://cdn.example/a.pdf" } },
    ];
    expect(eventOf(item({ message: { mid: "m_1", attachments } }))).toMatchObject({
      attachments: [
        { kind: "unsupported" },
        { kind: "unsupported" },
        { kind: "unsupported" },
        { kind: "file", name: "a.pdf" },
      ],
    });
  });

  it("only addresses of the web are fetched or shown", () => {
    for (const url of ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "https://", 5]) {
      const attachments = ["image", "fallback", "reel"].map((type) => ({ type, payload: { url } }));
      const event = eventOf(item({ message: { mid: "m_1", attachments } }));
      expect(event).toMatchObject({ attachments: attachments.map(() => ({ fetchUrl: null, url: null })) });
    }
  });

  it.each([
    ["warning", null],
    ["block", "restricted"],
    ["unblock", "ok"],
    ["constructor", null],
  ])("T17: policy action %s makes health %s", (action, health) => {
    expect(eventOf({ recipient, policy_enforcement: { action } })).toMatchObject({ kind: "account", health });
  });
});

describe("batches", () => {
  const whole = said("còn nguyên", "m_whole");
  const isWhole = (items: ReturnType<typeof parseBody>) =>
    items.some((i) => i.event.kind === "message" && i.event.externalId === "m_whole");

  it("never throws on any JSON, parsed or as text", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => Array.isArray(parseBody(value))));
    fc.assert(fc.property(fc.string(), (value) => Array.isArray(parseBody(value))));
  });

  it("every item lives beside any neighbour", () => {
    fc.assert(fc.property(fc.jsonValue(), (broken) => isWhole(parseBody(body(broken, whole)))));
  });

  it("every item lives beside a neighbour that is broken below a known key", () => {
    const keys = [
      "message",
      "postback",
      "delivery",
      "read",
      "reaction",
      "message_edit",
      "referral",
      "optin",
      "order",
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...keys, "policy_enforcement", "app_roles", "hop_context"),
        fc.jsonValue(),
        (key, value) => isWhole(parseBody(body(item({ [key]: value }), whole))),
      ),
    );
  });

  it("every entry lives beside any other", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (broken) =>
        isWhole(parseBody({ object: "page", entry: [broken, entry(whole)] })),
      ),
    );
  });

  it("keeps what lies deeper than it can look", () => {
    let deep: unknown = "x";
    for (let i = 0; i < 20_000; i++) deep = [deep];
    expect(isWhole(parseBody(body(item({ order: deep }), whole)))).toBe(true);
  });

  it("reads messaging, standby and changes of one entry", () => {
    const both = { ...entry(said("a", "m_a")), standby: [said("b", "m_b")], changes: [{ field: "feed" }] };
    expect(parseBody({ object: "page", entry: [both] })).toMatchObject([
      { event: { kind: "message", live: true } },
      { event: { kind: "message", live: false } },
      { event: { kind: "unsupported", why: "change: feed" } },
    ]);
  });

  it("X11: keeps what it does not know", () => {
    expect(parseBody({ object: "instagram", entry: [entry(whole)] })).toMatchObject([
      { accountExternalId: "1", event: { kind: "unsupported", why: "object: instagram" } },
    ]);
    expect(parseBody(body(item({})))).toMatchObject([{ event: { kind: "unsupported", why: "event: none" } }]);
    expect(parseBody("no JSON")).toMatchObject([{ accountExternalId: "", event: { kind: "unsupported" } }]);
    expect(parseBody({ object: "page", entry: [] })).toEqual([]);
  });

  it("X13: says why without repeating what was said", () => {
    const [parsed] = parseBody(body(item({ message: { mid: { secret: "bí mật" }, text: "bí mật" } })));
    expect(JSON.stringify(parsed)).not.toContain("bí mật");
  });
});
