import type { IncomingHttpHeaders } from "node:http";
import { type AccountSetup, AppError, type Capabilities, type ChannelId } from "@tongdai/shared";
import type { Account, AccountCheck, Channel, OutgoingAction, ParsedItem, Profile } from "../channel.ts";
import { type FakeConfig, parseConfig } from "./config.ts";
import { type InboundBuilder, inboundBuilder } from "./inbound.ts";
import { type Answer, outbox, type SentPart } from "./outbox.ts";
import { handshake, parse, sign, verify } from "./webhook.ts";

export type { InboundBuilder } from "./inbound.ts";
export type { Answer, SentPart } from "./outbox.ts";

export interface FakeOptions {
  /** Which channel it plays; `sms` unless told. */
  readonly id?: ChannelId;
  /** The first account's id at the vendor. */
  readonly externalId?: string;
  readonly capabilities?: Partial<Capabilities>;
  readonly whenForged?: Channel["whenForged"];
  readonly rate?: Channel["rate"];
  /** Vendor's time of built events; real time unless told. */
  readonly now?: () => number;
}

/** A channel in memory whose vendor does what a test says, and otherwise what a vendor in good health does. */
export interface FakeChannel {
  readonly channel: Channel;
  /** A good configuration: of the first account, or of another one. */
  config(externalId?: string): FakeConfig;
  /** Every part that was handed over, in order. */
  readonly attempts: readonly SentPart[];
  /** The parts that the vendor has. */
  readonly sent: readonly SentPart[];
  readonly acts: readonly (OutgoingAction & { readonly account: string })[];
  /** Answers for the next sends, one each, before going back to the standing answer. */
  script(...answers: readonly Answer[]): void;
  /** The standing answer; `null`: the vendor accepts. */
  always(answer: Answer | null): void;
  /** Resolves as soon as `count` parts have been handed over in all. */
  attempted(count: number): Promise<void>;
  /** What the vendor tells of a customer: nothing unless set. An error is thrown. */
  readonly profiles: Map<string, Profile | Error>;
  /** The answer of checks, `ok` unless set. An error is thrown. */
  answerChecks(answer: AccountCheck | Error | null): void;
  /** An error makes every act fail with it. */
  answerActs(error: Error | null): void;
  /** Builds events of an account (the first unless told). */
  inbound(externalId?: string): InboundBuilder;
  /** The vendor's headers for a webhook of these bytes. */
  sign(raw: Buffer): IncomingHttpHeaders;
  /** Events as the signed bytes of one webhook. */
  webhook(...items: readonly unknown[]): { readonly raw: Buffer; readonly headers: IncomingHttpHeaders };
  /** The echo that the vendor sends for a part that it has. */
  echo(part: SentPart): ParsedItem;
}

const SECRET = "fake-secret";

const word = (text: string) => ({ vi: text, en: text });

const setup: AccountSetup = {
  connect: word("Connect a played account"),
  lead: word("Played by the gateway itself"),
  fields: (["externalId", "secret", "verifyToken"] as const).map((name) => ({
    name,
    kind: name === "externalId" ? "text" : "secret",
    required: true,
    label: word(name),
    hint: null,
    options: [],
    when: null,
  })),
  idField: "externalId",
  webhook: { field: null, hint: word("Told to nobody") },
  remedies: {},
};

const defaults: Capabilities = {
  work: "chat",
  address: null,
  provesAddress: true,
  begins: false,
  text: { maxLength: 1000, counter: null },
  attachments: {
    kinds: ["image", "video", "audio", "file"],
    maxBytes: 10_000_000,
    imageMaxBytes: 5_000_000,
    endings: {},
    separateFromText: true,
  },
  stickers: false,
  reactions: ["👍", "❤️"],
  replyTo: true,
  typing: true,
  notices: true,
  seen: true,
  receipts: { delivered: true, read: true },
  replyWindow: null,
  chargedAfter: null,
};

export function fakeChannel(options: FakeOptions = {}): FakeChannel {
  const id = options.id ?? "sms";
  const first = options.externalId ?? "fake-account";
  const now = options.now ?? Date.now;
  const capabilities = { ...defaults, ...options.capabilities };
  const out = outbox(capabilities);
  const acts: (OutgoingAction & { account: string })[] = [];
  const profiles = new Map<string, Profile | Error>();
  let checked: AccountCheck | Error | null = null;
  let actError: Error | null = null;

  const open = (input: unknown): Account => {
    const config = parseConfig(input);
    const account = config.externalId;
    return {
      externalId: account,
      webhookKey: `fake-${id}`,
      verifyToken: config.verifyToken,
      handshake: (query) => handshake(config.verifyToken, query),
      verify: ({ raw, headers }) => verify(config.secret, raw, headers),
      send: (part, signal) => out.send(account, part, signal),
      act: async (action, signal) => {
        refuseAborted(signal);
        if (actError) throw actError;
        if (!canAct(capabilities, action)) throw new AppError("channel_refused", `no ${action.kind} here`);
        acts.push({ ...action, account });
      },
      profile: async (externalId, signal) => {
        refuseAborted(signal);
        return orThrow(profiles.get(externalId) ?? null);
      },
      check: async (signal) => {
        refuseAborted(signal);
        return orThrow(checked) ?? { state: "ok", name: account, detail: null };
      },
    };
  };

  return {
    channel: {
      id,
      capabilities,
      setup,
      rate: options.rate ?? { text: 1000, media: 1000 },
      whenForged: options.whenForged ?? "refuse",
      open,
      parse,
    },
    config: (externalId = first) => ({ externalId, secret: SECRET, verifyToken: "fake-token" }),
    attempts: out.attempts,
    sent: out.sent,
    acts,
    script: out.script,
    always: out.always,
    attempted: out.attempted,
    profiles,
    answerChecks: (answer) => {
      checked = answer;
    },
    answerActs: (error) => {
      actError = error;
    },
    inbound: (externalId = first) => inboundBuilder(externalId, now),
    sign: (raw) => sign(SECRET, raw),
    webhook: (...items) => {
      const raw = Buffer.from(JSON.stringify({ items }));
      return { raw, headers: sign(SECRET, raw) };
    },
    echo: (part) => echoOf(part, now()),
  };
}

function canAct(can: Capabilities, action: OutgoingAction): boolean {
  if (action.kind === "moderate") return can.public !== undefined;
  if (action.kind !== "reaction") return can[action.kind];
  return action.emoji === null ? can.reactions.length > 0 : can.reactions.includes(action.emoji);
}

function refuseAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError("unavailable", "no answer in time");
}

function orThrow<T>(answer: T | Error): T {
  if (answer instanceof Error) throw answer;
  return answer;
}

function echoOf(part: SentPart, at: number): ParsedItem {
  const text = part.content.kind === "text" ? part.content.text : "";
  const { account, to, externalId, messageId: ours } = part;
  return {
    accountExternalId: account,
    key: externalId,
    at,
    event: { kind: "echo", to, externalId, ours, byContent: false, text, attachments: [] },
  };
}
