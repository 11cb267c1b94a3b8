import type { Clock } from "../kit/clock.ts";
import type { Gauge } from "../kit/gauge.ts";
import type { HttpCaller } from "../kit/http-caller.ts";
import type { Faults } from "./faults.ts";

export type ProviderName = "esms" | "speedsms" | "stringee" | "twilio";

/** One number or brandname at its provider. */
export interface SenderAccount {
  readonly provider: ProviderName;
  readonly sender: string;
  /** What the provider gave out, by the names of its own documentation. */
  readonly keys: Readonly<Record<string, string>>;
  /** Where reports and incoming messages go. */
  readonly webhookUrl: string;
}

/** What a text has come to on its way to the phone. */
export type TextState = "accepted" | "delivered" | "failed";

export interface PhoneText {
  readonly id: string;
  readonly direction: "to" | "from";
  /** The number or brandname at the other end. */
  readonly sender: string;
  readonly text: string;
  readonly at: number;
  state: TextState;
}

export interface Phone {
  readonly number: string;
  readonly texts: PhoneText[];
  /** Senders that the provider itself writes for no more. */
  readonly stopped: Set<string>;
}

/** What the parts of the simulator share. */
export interface Sim {
  readonly clock: Clock;
  readonly gauge: Gauge;
  readonly http: HttpCaller;
  readonly faults: Faults;
  readonly accounts: SenderAccount[];
  readonly phones: Map<string, Phone>;
  /** Requests of each account within the last minute, by its sender. */
  readonly calls: Map<string, number[]>;
  /** Ids that a client gave and that are used up: the provider's own id of the text. */
  readonly requestIds: Map<string, string>;
  /** Newest last. */
  readonly log: HookRecord[];
  /** How many ids have been given out. */
  given: number;
  changed(): void;
  newId(prefix: string): string;
}

export interface Call {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json: unknown;
  /** What was taken with this request, if anything. */
  readonly taken?: Taken;
}

export interface Taken {
  readonly account: SenderAccount;
  readonly text: PhoneText;
  readonly to: string;
  /** The client's own id, and where it wants to be told. */
  readonly requestId?: string;
  readonly callbackUrl?: string;
}

/** One step that the provider tells of: a request to the client's webhook. */
export interface Hook {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** What was told to the client's webhook, and what became of it. */
export interface HookRecord {
  readonly id: number;
  readonly what: "incoming" | "report";
  /** `waiting`: it is tried again. */
  state: "sending" | "delivered" | "waiting" | "lost";
  /** Of the last try; 0: no answer. */
  status: number;
}

export interface Provider {
  readonly name: ProviderName;
  /** How long it waits for the client's answer, and after what pauses it asks again. */
  readonly budget: { readonly timeoutMs: number; readonly retryMs: readonly number[] };
  owns(call: Call): boolean;
  answer(sim: Sim, call: Call): Answer;
  /** The reports about a text that arrived or did not, in the order in which they are due. */
  reports(taken: Taken, arrived: boolean): readonly Hook[];
  /** What is told of a text to the sender's number; `null`: it cannot be answered. */
  incoming(account: SenderAccount, text: PhoneText, from: string): Hook | null;
}

export function phoneOf(sim: Sim, number: string): Phone {
  const known = sim.phones.get(number);
  if (known) return known;
  const phone: Phone = { number, texts: [], stopped: new Set() };
  sim.phones.set(number, phone);
  return phone;
}

/** Puts a text on its way to a phone, where it shows once it has arrived. */
export function take(
  sim: Sim,
  o: {
    account: SenderAccount;
    to: string;
    text: string;
    id: string;
    requestId?: string;
    callbackUrl?: string;
  },
): Taken {
  const { account, to, text: words, id, ...more } = o;
  const text: PhoneText = {
    id,
    direction: "to",
    sender: account.sender,
    text: words,
    at: sim.clock.now(),
    state: "accepted",
  };
  phoneOf(sim, to).texts.push(text);
  sim.changed();
  return { account, text, to, ...more };
}

const MINUTE_MS = 60_000;

/** Whether an account has asked more often than it may; seconds until it may again, or 0. */
export function overRate(sim: Sim, account: SenderAccount, perMinute: number): number {
  const now = sim.clock.now();
  const recent = (sim.calls.get(account.sender) ?? []).filter((at) => now - at < MINUTE_MS);
  sim.calls.set(account.sender, recent);
  const [oldest] = recent;
  if (recent.length >= perMinute && oldest !== undefined)
    return Math.max(1, Math.ceil((oldest + MINUTE_MS - now) / 1_000));
  recent.push(now);
  return 0;
}

/** The country's mobile numbers have nine digits after the country code since 2018. */
export const isMobile = (e164: string): boolean =>
  /^\+84[35789]\d{8}$/.test(e164) || /^\+(?!84)[1-9]\d{6,14}$/.test(e164);
