import { fakeClock } from "@tongdai/shared/testing";
import { describe, expect, it } from "vitest";
import type { OutgoingPart } from "../channel.ts";
import { memoryCredentials } from "../kit/testing/memory-credentials.ts";
import { fakeChannel } from "./index.ts";

const deps = { fetch, clock: fakeClock(), credentials: memoryCredentials(), publicUrl: null };
const signal = new AbortController().signal;
const part: OutgoingPart = {
  messageId: "01900000-0000-7000-8000-000000000001",
  to: "customer-1",
  content: { kind: "text", text: "Dạ" },
  replyToExternalId: null,
  human: false,
};
const busy = {
  kind: "retry",
  code: "temporary",
  detail: "busy",
  scope: "message",
  afterMs: null,
  attempts: 3,
} as const;

describe("fake channel", () => {
  it("records what it was given and what the vendor took", async () => {
    const fake = fakeChannel({ id: "zalo", externalId: "oa-1" });
    const account = fake.channel.open(fake.config(), deps);
    fake.script(busy);
    expect(await account.send(part, signal)).toEqual(busy);
    expect(await account.send(part, signal)).toEqual({ kind: "sent", externalId: "out-2" });
    expect(fake.attempts).toHaveLength(2);
    expect(fake.sent).toEqual([{ ...part, account: "oa-1", externalId: "out-2" }]);
  });

  it("plays its script in order, then its standing answer", async () => {
    const fake = fakeChannel();
    const account = fake.channel.open(fake.config(), deps);
    fake.always({ kind: "unknown", detail: "lost" });
    fake.script(busy, (p) => ({ kind: "sent", externalId: `own-${p.to}` }));
    const outcomes = [];
    for (let i = 0; i < 4; i++) outcomes.push((await account.send(part, signal)).kind);
    expect(outcomes).toEqual(["retry", "sent", "unknown", "unknown"]);
    expect(fake.sent.map((s) => s.externalId)).toEqual(["own-customer-1"]);
    fake.always(null);
    expect(await account.send(part, signal)).toMatchObject({ kind: "sent" });
  });

  it("tells when a part has been handed over, before it is answered", async () => {
    const fake = fakeChannel();
    const account = fake.channel.open(fake.config(), deps);
    const { promise, resolve } = Promise.withResolvers<typeof busy>();
    fake.script(() => promise);
    const outcome = account.send(part, signal);
    await fake.attempted(1);
    resolve(busy);
    expect(await outcome).toEqual(busy);
  });

  it("keeps accounts apart", async () => {
    const fake = fakeChannel();
    const one = fake.channel.open(fake.config("one"), deps);
    const two = fake.channel.open(fake.config("two"), deps);
    await one.send(part, signal);
    await two.act({ kind: "seen", to: "customer-1" }, signal);
    expect(fake.sent.map((s) => s.account)).toEqual(["one"]);
    expect(fake.acts.map((a) => a.account)).toEqual(["two"]);
    expect(fake.channel.parse({ items: [fake.inbound("two").message()] }, [])[0]?.accountExternalId).toBe(
      "two",
    );
  });

  it("signs webhooks that parse to what was built", () => {
    const fake = fakeChannel({ now: () => 5 });
    const account = fake.channel.open(fake.config(), deps);
    const from = fake.inbound();
    const items = [
      from.message({ text: "alo" }),
      from.echo({ ours: part.messageId }),
      from.delivered({ externalIds: ["out-1"] }),
      from.read(),
      from.reaction(),
      from.edited(),
      from.removed(),
      from.typing(),
      from.notice(),
      from.account(),
      from.unsupported(),
    ];
    const { raw, headers } = fake.webhook(...items, { broken: true });
    const url = new URL("https://gateway.example/");
    expect(account.verify({ method: "POST", url, raw, headers })).toBe(true);
    const parsed = fake.channel.parse(JSON.parse(raw.toString()), []);
    expect(parsed.slice(0, -1)).toEqual(items);
    expect(parsed.at(-1)?.event.kind).toBe("unsupported");
    expect(new Set(items.map((i) => i.event.kind)).size).toBe(items.length);
    expect(new Set(items.map((i) => `${i.event.kind} ${i.key}`)).size).toBe(items.length);
  });

  it("echoes what it has", async () => {
    const fake = fakeChannel({ now: () => 5 });
    await fake.channel.open(fake.config(), deps).send(part, signal);
    const [sent] = fake.sent;
    expect(sent && fake.echo(sent)).toEqual({
      accountExternalId: "fake-account",
      key: "out-1",
      at: 5,
      event: {
        kind: "echo",
        to: "customer-1",
        externalId: "out-1",
        ours: part.messageId,
        byContent: false,
        text: "Dạ",
        attachments: [],
      },
    });
  });

  it("obeys the capabilities that it was given", async () => {
    const fake = fakeChannel({
      capabilities: { typing: false, reactions: [], text: { maxLength: 1, counter: null } },
    });
    const account = fake.channel.open(fake.config(), deps);
    expect(await account.send(part, signal)).toMatchObject({ kind: "failed", code: "invalid" });
    const to = "customer-1";
    for (const act of [
      { kind: "typing", to, on: true },
      { kind: "reaction", to, targetExternalId: "1", emoji: "👍" },
    ] as const) {
      await expect(account.act(act, signal)).rejects.toMatchObject({ code: "channel_refused" });
    }
  });
});
