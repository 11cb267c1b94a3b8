import { AppError, type Clock, cleanText } from "@tongdai/shared";
import { z } from "zod";
import type { AccountCheck, Link, ParsedItem, SendOutcome, SourcePlace } from "../channel.ts";
import { digest, keyOf, Text, VendorId } from "../kit/values.ts";
import type { SmppConfig } from "./config.ts";
import { again, holdAccount } from "./http.ts";
import { addressOf } from "./number.ts";
import type { OutgoingSms, ProviderKind } from "./provider.ts";
import { readDeliver } from "./smpp-incoming.ts";
import { Full, Lost, openLine, Refused, Unreachable } from "./smpp-line.ts";
import { repeats } from "./smpp-repeats.ts";
import type { Answer } from "./smpp-session.ts";
import { isLogin, isTooFast, refusedOutcome } from "./smpp-status.ts";
import { submitsOf } from "./smpp-submit.ts";
import { type Transmitter, transmitter } from "./smpp-transmitter.ts";

/**
 * SMPP 3.4, as operators and wholesalers offer it. Source: SMPP Protocol Specification 3.4. One process keeps a receiver for what
 * comes in; whichever process sends keeps a transmitter of its own.
 */
export const smpp: ProviderKind<SmppConfig> = {
  open(config, { clock }) {
    const sending = transmitter(config, clock);
    return {
      sender: config.sender,
      webhookKey: `smpp-${config.sender}`,
      verify: () => false,
      send: (message) => sendAll(sending, { config, message, clock }),
      check: () => check(config, sending),
      connect: (link, signal) => receive(config, { link, signal, clock }),
    };
  },
  decode: () => null,
  parse: (fields, [account = ""]) => readTold(account, Told.parse(fields)),
};

interface Sending {
  readonly config: SmppConfig;
  readonly message: OutgoingSms;
  readonly clock: Clock;
}

const SLOW_MS = 1_000;
const PATIENCE = 5;

/** All parts of a text, one after the other; what came of it when one of them was not taken. */
async function sendAll(sending: Transmitter, { config, message, clock }: Sending): Promise<SendOutcome> {
  const submits = submitsOf(config, message);
  const sent = (of: readonly string[]): SendOutcome => {
    const isTold = submits.length > 1 && new Set(of).size === submits.length;
    return { kind: "sent", externalId: of.at(-1) ?? message.id, ...(isTold && { partIds: [...of] }) };
  };
  const ids: string[] = [];
  for (const [i, fields] of submits.entries()) {
    const isBegun = i > 0;
    for (let tried = 0; ; tried++) {
      try {
        ids.push(...idsIn(await sending.submit(fields)));
        break;
      } catch (error) {
        const canWait = isBegun && error instanceof Refused && isTooFast(error.status) && tried < PATIENCE;
        if (!canWait) {
          const outcome = outcomeOf(error, isBegun ? `${i} of ${submits.length} parts have left` : null);
          const isLast = i === submits.length - 1;
          if (!isLast || outcome.kind !== "unknown" || !(error instanceof Lost) || !error.late)
            return outcome;
          return {
            ...outcome,
            late: error.late.then((pdu) => sent([...ids, ...idsIn(pdu)]), refusedLate(isBegun)),
          };
        }
        await new Promise<void>((resume) => clock.after(SLOW_MS, resume));
      }
    }
  }
  return sent(ids);
}

const idsIn = ({ message_id }: Answer): string[] =>
  typeof message_id === "string" && message_id !== "" ? [message_id] : [];

/** A late no to the first part says that nothing has left; the end of the line says nothing. */
const refusedLate =
  (isBegun: boolean) =>
  (why: unknown): SendOutcome | null =>
    why instanceof Refused && !isBegun ? refusedOutcome(why.status) : null;

/** @param begun what has left already, so that it can be sent again by nobody but a person */
function outcomeOf(error: unknown, begun: string | null): SendOutcome {
  const detail = error instanceof Error ? error.message : String(error);
  if (begun !== null) return { kind: "unknown", detail: `${begun}: ${detail}` };
  if (error instanceof Refused) return refusedOutcome(error.status);
  if (error instanceof Full) return holdAccount("throttled", detail);
  if (error instanceof Unreachable) return holdAccount("no_answer", detail);
  return error instanceof Lost ? { kind: "unknown", detail } : again(detail);
}

async function check(config: SmppConfig, sending: Transmitter): Promise<AccountCheck> {
  try {
    await sending.probe();
    return { state: "ok", name: config.sender, detail: null };
  } catch (error) {
    if (error instanceof Refused && isLogin(error.status))
      return { state: "login_needed", name: config.sender, detail: error.message };
    throw new AppError("unavailable", error instanceof Error ? error.message : String(error));
  }
}

/** Hears what comes in until the line is over. What cannot be kept is not acknowledged, and comes again. */
async function receive(
  config: SmppConfig,
  { link, signal, clock }: { link: Link; signal: AbortSignal; clock: Clock },
): Promise<void> {
  const keys = repeats(clock, link);
  // What comes after an answer of ours shows that the line had lasted until then.
  const answered: (() => void)[] = [];
  const confirm = (): void => {
    for (const done of answered.splice(0)) done();
  };
  const keep = (fields: object, place: SourcePlace | null = null): Promise<void> =>
    link.receive([{ body: { provider: "smpp", fields }, file: null }], place);
  const keepUnread = (octets: Buffer): Promise<void> =>
    keep({ kind: "unread", octets: octets.toString("hex") });
  const line = await openLine(config, "bind_receiver", {
    clock,
    onUnreadable: keepUnread,
    onDeliver: async (pdu, octets) => {
      const told = readDeliver(pdu, config.receiptIds);
      confirm();
      if (told === null) await keepUnread(octets);
      if (told?.kind === "receipt") await keep(told);
      if (told?.kind !== "message") return () => undefined;
      const done = await keys.begin(told, ({ key, place }) => keep({ ...told, key }, place));
      return () => answered.push(done);
    },
    onAlive() {
      confirm();
      // What is not written down now is with the next message.
      void keys.forget().catch(() => undefined);
    },
  }).catch((error: unknown) => {
    if (error instanceof Refused && isLogin(error.status))
      throw new AppError("channel_paused", error.message, { state: "login_needed" });
    throw error;
  });
  link.up();
  const stop = (): void => line.close();
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  const why = await line.ended;
  signal.removeEventListener("abort", stop);
  if (!signal.aborted) throw why;
}

const Told = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("unread"), octets: z.hex() }),
  z.object({
    kind: z.literal("receipt"),
    from: z.string(),
    ids: z.array(VendorId).min(1).max(10),
    arrived: z.boolean().nullable(),
    detail: Text,
  }),
  z.object({
    kind: z.literal("message"),
    from: z.string().min(1),
    text: z.string(),
    key: VendorId,
    part: z.object({ reference: z.int(), total: z.int(), number: z.int() }).nullable(),
  }),
]);

function readTold(accountExternalId: string, told: z.infer<typeof Told>): ParsedItem {
  const base = { accountExternalId, at: null };
  if (told.kind === "unread")
    return {
      ...base,
      key: keyOf("smpp", digest(told.octets)),
      event: {
        kind: "unsupported",
        why: "a PDU came that cannot be read; it is kept as it is",
        isLoss: true,
      },
    };
  const from = addressOf(told.from);
  if (told.kind === "message") {
    const { key, text, part } = told;
    const event = part
      ? ({ kind: "message_part", from, externalId: key, text, ...part } as const)
      : ({ kind: "message", from, externalId: key, ...saidIn(cleanText(text)), ...plain } as const);
    return { ...base, key: keyOf("smpp", key), event };
  }
  const { ids, arrived, detail } = told;
  const key = keyOf("smpp", ids[0] ?? "", String(arrived));
  if (arrived === null) return { ...base, key, event: { kind: "unsupported", why: `receipt: ${detail}` } };
  const to = { from, externalIds: ids };
  return arrived
    ? { ...base, key, event: { kind: "delivered", ...to, watermark: null } }
    : { ...base, key, event: { kind: "undelivered", ...to, code: "recipient_unavailable", detail } };
}

/** Something was said also where nothing of it can be read. */
const saidIn = (text: string) => ({
  text,
  attachments:
    text.trim() === ""
      ? [{ kind: "unsupported" as const, fetchUrl: null, name: "text", title: null, url: null }]
      : [],
});

const plain = { replyToExternalId: null, extra: {}, live: true } as const;
