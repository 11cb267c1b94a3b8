import type { IncomingHttpHeaders } from "node:http";
import { AccountSetup, AppError, Capabilities } from "@tongdai/shared";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Account, OutgoingAction, OutgoingPart, SendOutcome } from "./channel.ts";
import type { ChannelFault, ChannelHarness } from "./contract-harness.ts";

export type { ChannelFault, ChannelHarness } from "./contract-harness.ts";

/** What an adapter must make of each fault. */
const meaning: Readonly<Record<ChannelFault, Partial<SendOutcome>>> = {
  throttled: { kind: "retry", scope: "account", code: "throttled" },
  temporary: { kind: "retry", scope: "message", code: "temporary" },
  token_dead: { kind: "paused", state: "login_needed", code: "login_needed" },
  restricted: { kind: "paused", state: "restricted" },
  refused: { kind: "failed" },
  garbled: { kind: "unknown" },
  lost: { kind: "unknown" },
  hang: { kind: "unknown" },
  unreachable: { kind: "retry" },
};

const faults = Object.keys(meaning).filter((name): name is ChannelFault => Object.hasOwn(meaning, name));

const patient = (): AbortSignal => new AbortController().signal;

let parts = 0;
const messageId = (): string => `01900000-0000-7000-8000-${String(++parts).padStart(12, "0")}`;

function textPart(to: string, text = "Chào anh, em kiểm tra giúp ạ"): OutgoingPart {
  return {
    messageId: messageId(),
    to,
    content: { kind: "text", text },
    replyToExternalId: null,
    human: false,
  };
}

function filePart(
  to: string,
  kind: "image" | "video" | "audio" | "file",
  size: number,
  ending = "bin",
): OutgoingPart {
  const mime = { image: "image/png", video: "video/mp4", audio: "audio/mpeg", file: "application/pdf" }[kind];
  const content = { kind, name: `hoá đơn.${ending}`, mime, bytes: Buffer.alloc(size, 7) };
  return { messageId: messageId(), to, content, replyToExternalId: null, human: false };
}

function refusedConfig(harness: ChannelHarness, config: unknown): AppError {
  try {
    harness.channel.open(config, harness.deps);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("the configuration was accepted");
}

/** What a send means that the vendor may or may not have got. */
const doubtful = (h: ChannelHarness): Partial<SendOutcome> => ({
  kind: h.lacks?.doubt ? "retry" : "unknown",
});

/** What the channel says that it can do. */
function actions({ channel: { capabilities: can }, customer: to }: ChannelHarness): OutgoingAction[] {
  const emoji = can.reactions[0];
  return [
    ...(can.typing ? [{ kind: "typing", to, on: true } as const] : []),
    ...(can.seen ? [{ kind: "seen", to } as const] : []),
    ...(emoji === undefined ? [] : [{ kind: "reaction", to, targetExternalId: "m-1", emoji } as const]),
  ];
}

/**
 * What the core relies on, run by every channel.
 * @param without faults that this vendor cannot have
 */
export function channelContract(
  name: string,
  make: () => Promise<ChannelHarness>,
  without: readonly ChannelFault[] = [],
): void {
  describe(`channel contract: ${name}`, () => {
    let h: ChannelHarness;
    let account: Account;
    beforeEach(async () => {
      h = await make();
      account = h.channel.open(h.config, h.deps);
    });
    afterEach(() => h.close());

    describe("open", () => {
      it("gives the account its vendor's id and an address for webhooks", () => {
        expect(account.externalId).not.toBe("");
        expect(account.webhookKey).toMatch(/^[\w.@+-]+$/);
      });

      it("names each field that is missing, empty or of the wrong type", () => {
        for (const field of h.required) {
          for (const bad of [undefined, "", { no: "string" }]) {
            const error = refusedConfig(h, { ...h.config, [field]: bad });
            expect(error.code).toBe("invalid_input");
            expect(JSON.stringify(error.details)).toContain(field);
          }
        }
      });

      it("refuses what is no configuration, and fields that it does not know", () => {
        for (const config of [null, undefined, 1, "x", [], { ...h.config, unknownField: "1" }]) {
          expect(refusedConfig(h, config).code).toBe("invalid_input");
        }
      });

      it("never repeats a value in its refusal", () => {
        for (const field of h.required) {
          const error = refusedConfig(h, { ...h.config, [field]: { secret: "s3cr3t-value" } });
          expect(`${error.message} ${JSON.stringify(error.details)}`).not.toContain("s3cr3t-value");
        }
      });
    });

    describe("handshake", () => {
      it("answers the vendor's, and refuses one that lacks any field", () => {
        const query = h.handshake?.query ?? {};
        expect(account.handshake(new URLSearchParams(query))).toBe(h.handshake?.answer ?? null);
        for (const field of Object.keys(query)) {
          const rest = new URLSearchParams(query);
          rest.delete(field);
          expect([field, account.handshake(rest)]).toEqual([field, null]);
        }
      });
    });

    describe("verify", () => {
      it("accepts the vendor's bytes and refuses any others", () => {
        const body = h.messageBody?.({ from: h.customer, id: "m1", text: "Xin chào" }) ?? {};
        const raw = h.encode?.(body) ?? Buffer.from(JSON.stringify(body));
        const headers = h.sign(raw);
        const url = new URL(h.webhookUrl ?? "https://gateway.example/webhooks/x/y");
        const verify = (bytes: Buffer, of: IncomingHttpHeaders): boolean =>
          account.verify({ method: "POST", url, headers: of, raw: bytes });
        expect(verify(raw, headers)).toBe(!h.lacks?.webhooks);
        if (h.lacks?.signatures) {
          const elsewhere = new URL("another-word-of-24-signs", url);
          expect(account.verify({ method: "POST", url: elsewhere, headers, raw })).toBe(false);
          return;
        }
        if (!h.lacks?.webhooks) expect(verify(raw, {})).toBe(false);
        const place = fc.nat(raw.length - 1);
        fc.assert(
          fc.property(place, fc.integer({ min: 1, max: 255 }), (at, change) => {
            const other = Buffer.from(raw);
            other[at] = (other[at] ?? 0) ^ change;
            return !verify(other, headers);
          }),
        );
      });
    });

    describe("parse", () => {
      it("reads the customer's message for this account, with the same key each time", () => {
        if (!h.messageBody) return;
        const message = { from: h.customer, id: "m-77", text: "Đơn hàng của tôi đâu?" };
        const body: unknown = JSON.parse(JSON.stringify(h.messageBody(message)));
        const items = h.channel.parse(body, [account.externalId]);
        expect(items).toMatchObject([
          {
            accountExternalId: account.externalId,
            event: {
              kind: "message",
              from: message.from,
              text: message.text,
              externalId: message.id,
              live: true,
            },
          },
        ]);
        expect(h.channel.parse(body, [account.externalId])).toEqual(items);
      });

      it("gives different messages different keys", () => {
        const { messageBody } = h;
        if (!messageBody) return;
        const keyOf = (id: string) =>
          h.channel.parse(messageBody({ from: h.customer, id, text: "giống nhau" }), [account.externalId])[0]
            ?.key;
        expect(keyOf("a")).not.toBe(keyOf("b"));
      });

      it("cleans text that a database would refuse", () => {
        if (!h.messageBody) return;
        const text = "a\u0000b\ud83dc e\u0302\u0323";
        const body = h.messageBody({ from: h.customer, id: "m1", text });
        expect(h.channel.parse(body, [account.externalId])).toMatchObject([
          { event: { text: "ab\ufffdc ệ" } },
        ]);
      });

      it("never throws", () => {
        fc.assert(
          fc.property(fc.jsonValue(), (body) => Array.isArray(h.channel.parse(body, [account.externalId]))),
        );
      });
    });

    it("asks in its form for everything without which no account opens", () => {
      const { fields, idField } = AccountSetup.parse(h.channel.setup);
      const asked = fields.flatMap(({ required, name }) => (required ? [name] : []));
      expect(asked).toEqual(expect.arrayContaining([...h.required, idField]));
    });

    describe("capabilities", () => {
      it("are coherent", () => {
        const { capabilities: can, rate } = h.channel;
        expect(Capabilities.parse(can)).toEqual(can);
        expect(can.text.maxLength).toBeGreaterThan(0);
        expect(can.attachments.imageMaxBytes).toBeLessThanOrEqual(can.attachments.maxBytes);
        expect(can.replyWindow?.human ?? Infinity).toBeGreaterThan(can.replyWindow?.standard ?? 0);
        expect(new Set(can.reactions).size).toBe(can.reactions.length);
        expect(Math.min(rate.text, rate.media)).toBeGreaterThan(0);
      });

      it("tell the longest text: that is sent, a character more is not", async () => {
        const { maxLength } = h.channel.capabilities.text;
        const longest = await account.send(textPart(h.customer, "x".repeat(maxLength)), patient());
        expect(longest).toMatchObject({ kind: "sent" });
        const tooLong = await account.send(textPart(h.customer, "x".repeat(maxLength + 1)), patient());
        expect(tooLong).toMatchObject({ kind: "failed", code: "invalid" });
        expect(h.accepted()).toBe(1);
      });

      it("tell the kinds of attachments and their largest size", async () => {
        const { kinds, maxBytes, imageMaxBytes, endings } = h.channel.capabilities.attachments;
        for (const kind of kinds) {
          const ending = endings[kind]?.[0];
          const outcome = await account.send(filePart(h.customer, kind, 64, ending), patient());
          expect([kind, outcome]).toMatchObject([kind, { kind: "sent" }]);
          const most = kind === "image" ? imageMaxBytes : maxBytes;
          const tooLarge = await account.send(filePart(h.customer, kind, most + 1, ending), patient());
          expect([kind, tooLarge]).toMatchObject([kind, { kind: "failed", code: "attachment_refused" }]);
        }
        for (const kind of kinds.filter((k) => endings[k])) {
          const other = await account.send(filePart(h.customer, kind, 64, "exe"), patient());
          expect([kind, other]).toMatchObject([kind, { kind: "failed", code: "attachment_refused" }]);
        }
        expect(h.accepted()).toBe(kinds.length);
      });

      it("tell the acts, and each of them is done", async () => {
        const { typing, seen, reactions } = h.channel.capabilities;
        const { customer: to } = h;
        const marks = [...reactions, ...(reactions.length > 0 ? [null] : [])];
        const acts: OutgoingAction[] = [
          ...(typing ? [true, false].map((on) => ({ kind: "typing" as const, to, on })) : []),
          ...(seen ? [{ kind: "seen" as const, to }] : []),
          ...marks.map((emoji) => ({ kind: "reaction" as const, to, targetExternalId: "m1", emoji })),
        ];
        for (const act of acts) await expect(account.act(act, patient())).resolves.toBeUndefined();
      });
    });

    describe("send", () => {
      it("gives each part the vendor's id", async () => {
        const one = await account.send(textPart(h.customer), patient());
        const two = await account.send({ ...textPart(h.customer), replyToExternalId: "m1" }, patient());
        expect([one.kind, two.kind]).toEqual(["sent", "sent"]);
        expect(one).not.toEqual(two);
        expect(h.accepted()).toBe(2);
      });

      it("refuses an empty text", async () => {
        const outcome = await account.send(textPart(h.customer, " \n"), patient());
        expect(outcome).toMatchObject({ kind: "failed", code: "invalid" });
      });

      it.each(faults.filter((f) => !without.includes(f) && f !== "hang"))(
        "understands: %s",
        async (fault) => {
          h.fault(fault);
          const outcome = await account.send(textPart(h.customer), patient());
          const expected = meaning[fault];
          expect(outcome).toMatchObject(expected.kind === "unknown" ? doubtful(h) : expected);
          h.fault(null);
          expect(await account.send(textPart(h.customer), patient())).toMatchObject({ kind: "sent" });
        },
      );

      it("does not know what became of a part when its time is up", async () => {
        h.fault("hang");
        const patience = new AbortController();
        const arrived = h.nextRequest();
        const outcome = account.send(textPart(h.customer), patience.signal);
        await arrived;
        patience.abort();
        expect(await outcome).toMatchObject(doubtful(h));
      });

      it("sends nothing when its time was up before", async () => {
        const outcome = await account.send(textPart(h.customer), AbortSignal.abort());
        expect(outcome).toMatchObject(doubtful(h));
        expect(h.accepted()).toBe(0);
      });
    });

    describe("profile, check and act", () => {
      const profiles = (signal = patient()): Promise<unknown>[] =>
        h.lacks?.profiles ? [] : [account.profile(h.customer, signal)];

      it("tells a known customer's name, and nothing of a stranger", async () => {
        const profile = await account.profile(h.customer, patient());
        if (!h.lacks?.profiles) expect(profile?.name).toMatch(/\S/);
        expect(await account.profile("404", patient())).toBeNull();
      });

      it("checks: well, and with dead credentials", async () => {
        expect(await account.check(patient())).toMatchObject({ state: "ok" });
        h.fault("token_dead");
        expect(await account.check(patient())).toMatchObject({ state: "login_needed" });
      });

      it("says of dead credentials that they pause the account", async () => {
        h.fault("token_dead");
        const paused = { code: "channel_paused", details: { state: "login_needed" } };
        const asked = [...profiles(), ...actions(h).map((a) => account.act(a, patient()))];
        for (const asking of asked) await expect(asking).rejects.toMatchObject(paused);
      });

      it("rejects with an expected error when the vendor cannot be asked", async () => {
        h.fault("unreachable");
        const asked = [
          ...profiles(),
          account.check(patient()),
          ...actions(h).map((a) => account.act(a, patient())),
        ];
        for (const asking of asked) await expect(asking).rejects.toMatchObject({ code: "unavailable" });
      });

      it("rejects when its time is up", async () => {
        const up = AbortSignal.abort();
        const asked = [...profiles(up), account.check(up)];
        for (const asking of asked) await expect(asking).rejects.toMatchObject({ code: "unavailable" });
      });
    });
  });
}
