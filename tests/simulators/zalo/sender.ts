import { createHash, createHmac, randomBytes } from "node:crypto";
import type { Clock } from "../kit/clock.ts";
import type { Gauge } from "../kit/gauge.ts";
import { createHttpCaller, type HttpOutcome } from "../kit/http-caller.ts";
import { asText, type JsonObject } from "../kit/json.ts";
import type { Faults } from "./faults.ts";
import type { Oa } from "./world.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const ACK_BUDGET_MS = 2 * SECOND;
/** After the last one the webhook of the app is switched off until somebody switches it on again. */
const RETRY_LADDER_MS: readonly number[] = [30 * SECOND, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, 60 * MINUTE];
const LOG_KEPT = 500;

export interface DeliveryRecord {
  readonly id: number;
  readonly appId: string;
  readonly event: string;
  readonly body: string;
  readonly statuses: number[];
  state: "sending" | "delivered" | "waiting" | "lost";
}

export interface Sender {
  /** Resolves after the first attempt, whatever came of it; at once while events are held. */
  deliver(oa: Oa, event: JsonObject): Promise<void>;
  /** One attempt with any body and headers. */
  raw(oa: Oa, body: string, headers?: Record<string, string>): Promise<HttpOutcome>;
  /** From here on events wait. */
  hold(): void;
  release(o?: { readonly reverse?: boolean }): Promise<void>;
  readonly log: readonly DeliveryRecord[];
  isOff(appId: string): boolean;
  switchOn(appId: string): void;
  close(): void;
}

interface Deps {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly gauge: Gauge;
  readonly timeFactor: number;
  readonly changed: () => void;
}

/** SHA-256 of app id, body, the body's timestamp and the account's secret, one after another: no HMAC. */
export function macOf(oa: Oa, body: string): string {
  const timestamp = /"timestamp":"(\d+)"/.exec(body)?.[1] ?? "";
  const text = `${oa.app.appId}${body}${timestamp}${oa.options.oaSecret}`;
  return `mac=${createHash("sha256").update(text).digest("hex")}`;
}

function signed(oa: Oa, body: string, fault: unknown): Record<string, string> {
  if (fault === "missing") return {};
  const bad =
    fault === "hmac"
      ? `mac=${createHmac("sha256", oa.options.oaSecret).update(body).digest("hex")}`
      : `mac=${randomBytes(32).toString("hex")}`;
  return { "x-zevent-signature": fault === undefined ? macOf(oa, body) : bad };
}

export function createSender({ clock, faults, gauge, timeFactor, changed }: Deps): Sender {
  const http = createHttpCaller(clock);
  const log: DeliveryRecord[] = [];
  const off = new Set<string>();
  const timers = new Set<() => void>();
  const tails = new Map<string, Promise<void>>();
  let held: { oa: Oa; event: JsonObject }[] | null = null;
  let lastId = 0;

  const post = (oa: Oa, body: string, headers: Record<string, string>): Promise<HttpOutcome> => {
    const bytes = Buffer.from(body);
    return http.call({
      method: "POST",
      url: new URL(oa.app.webhookUrl),
      headers: { "content-type": "application/json", "content-length": String(bytes.length), ...headers },
      body: bytes,
      timeoutMs: ACK_BUDGET_MS,
    });
  };

  async function attempt(oa: Oa, record: DeliveryRecord): Promise<void> {
    const end = gauge.begin();
    try {
      record.state = "sending";
      const retry = record.statuses.length;
      const { status } = await post(oa, record.body, {
        ...signed(oa, record.body, faults.strike("webhook.signature")),
        ...(retry > 0 && { num_retry: String(retry) }),
      });
      record.statuses.push(status);
      if (status === 200) record.state = "delivered";
      else again(oa, record, status);
    } finally {
      end();
      changed();
    }
  }

  function again(oa: Oa, record: DeliveryRecord, status: number): void {
    const delay = RETRY_LADDER_MS[record.statuses.length - 1];
    if (delay === undefined) off.add(oa.app.appId);
    if (delay === undefined || (status !== 0 && faults.peek("webhook.retryOnlyLost"))) {
      record.state = "lost";
      return;
    }
    record.state = "waiting";
    const undo = clock.setTimeout(() => {
      timers.delete(undo);
      void attempt(oa, record);
    }, delay / timeFactor);
    timers.add(undo);
  }

  function start(oa: Oa, event: JsonObject): Promise<void> {
    lastId += 1;
    const record: DeliveryRecord = {
      id: lastId,
      appId: oa.app.appId,
      event: asText(event["event_name"]) ?? "",
      body: JSON.stringify(event),
      statuses: [],
      state: "sending",
    };
    log.push(record);
    if (log.length > LOG_KEPT) log.shift();
    return attempt(oa, record);
  }

  async function deliver(oa: Oa, event: JsonObject): Promise<void> {
    if (off.has(oa.app.appId)) return;
    if (held) {
      held.push({ oa, event });
      return;
    }
    const end = gauge.begin();
    try {
      const before = tails.get(oa.app.appId);
      const copies = Number(faults.strike("webhook.duplicates") ?? 0);
      const run = (async () => {
        await before;
        for (let copy = 0; copy <= copies; copy += 1) await start(oa, event);
      })();
      tails.set(oa.app.appId, run);
      await run;
    } finally {
      end();
    }
  }

  return {
    log,
    deliver,
    async raw(oa, body, headers = signed(oa, body, undefined)) {
      const end = gauge.begin();
      try {
        return await post(oa, body, headers);
      } finally {
        end();
      }
    },
    hold: () => {
      held ??= [];
    },
    async release({ reverse = false } = {}) {
      const waiting = held ?? [];
      held = null;
      for (const { oa, event } of reverse ? waiting.toReversed() : waiting) await deliver(oa, event);
    },
    isOff: (appId) => off.has(appId),
    switchOn: (appId) => void off.delete(appId),
    close() {
      for (const undo of timers) undo();
      http.close();
    },
  };
}
