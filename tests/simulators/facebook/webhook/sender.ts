import type { Clock } from "../../kit/clock.ts";
import type { Gauge } from "../../kit/gauge.ts";
import { createHttpCaller, type HttpOutcome } from "../../kit/http-caller.ts";
import type { Json } from "../../kit/json.ts";
import type { Faults } from "../core/faults.ts";
import { toMetaJson } from "../core/meta-json.ts";
import type { AppOptions } from "../core/options.ts";
import { forgedSignature, signBody } from "../core/signature.ts";
import { findGrant, type Grant, type World } from "../core/world.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const ACK_BUDGET_MS = 5 * SECOND;
/** The vendor publishes "a few at once, then later"; the last step repeats until the subscription is disabled. */
const RETRY_LADDER_MS: readonly number[] = [
  0,
  0,
  30 * SECOND,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  20 * MINUTE,
];
const DISABLE_AFTER_MS = HOUR;
const LOG_KEPT = 500;

export type SignatureOverride = "wrong" | "missing" | "other-app" | { readonly value: string };

export interface PageEntry {
  readonly pageId: string;
  readonly entry: Json;
}

export interface Attempt {
  readonly at: number;
  readonly status: number;
  readonly error?: string;
}

export interface DeliveryRecord {
  readonly id: number;
  readonly appId: string;
  readonly pageIds: readonly string[];
  readonly body: string;
  readonly attempts: Attempt[];
  state: "sending" | "delivered" | "waiting" | "lost";
}

export interface Sender {
  /** Resolves after the first attempt, whatever came of it. */
  deliver(app: AppOptions, entries: readonly PageEntry[], onAck?: () => void): Promise<void>;
  raw(app: AppOptions, body: string, signature?: SignatureOverride): Promise<HttpOutcome>;
  handshake(app: AppOptions, token?: string): Promise<HttpOutcome & { readonly challenge: string }>;
  /** The newest deliveries, and older ones that are still under way. */
  readonly log: readonly DeliveryRecord[];
  /** How many deliveries were answered with 200, ever. */
  readonly acknowledged: number;
  close(): void;
}

export interface SenderDeps {
  readonly world: World;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly gauge: Gauge;
  readonly timeFactor: number;
  readonly changed: () => void;
}

interface Job {
  readonly app: AppOptions;
  readonly entries: readonly PageEntry[];
  readonly record: DeliveryRecord;
  readonly onAck: (() => void) | undefined;
}

export function createSender(deps: SenderDeps): Sender {
  const { world, clock, faults, gauge, timeFactor } = deps;
  let acknowledged = 0;
  const http = createHttpCaller(clock);
  const log: DeliveryRecord[] = [];
  const timers = new Set<() => void>();
  const tails = new Map<string, Promise<void>>();
  let lastId = 0;
  let closed = false;

  const later = (fn: () => void, ms: number): (() => void) => {
    const undo = clock.setTimeout(() => {
      timers.delete(undo);
      fn();
    }, ms);
    timers.add(undo);
    return () => {
      timers.delete(undo);
      undo();
    };
  };

  const post = (app: AppOptions, body: string, signature: string | undefined): Promise<HttpOutcome> => {
    const bytes = Buffer.from(body);
    const headers: Record<string, string> = {
      "content-type": "application/json",
      "content-length": String(bytes.length),
      "user-agent": "facebookexternalua",
    };
    if (signature !== undefined) headers["x-hub-signature-256"] = signature;
    return http.call({
      method: "POST",
      url: new URL(app.webhookUrl),
      headers,
      body: bytes,
      timeoutMs: ACK_BUDGET_MS,
    });
  };

  const grantsOf = (job: Job): Grant[] =>
    job.record.pageIds.flatMap((pageId) => findGrant(world, job.app.appId, pageId) ?? []);

  const fail = (job: Job): void => {
    for (const grant of grantsOf(job)) {
      if (grant.failingSince !== undefined) continue;
      grant.failingSince = clock.now();
      grant.cancelDisable = later(() => {
        grant.disabled = true;
        deps.changed();
      }, DISABLE_AFTER_MS / timeFactor);
    }
    const step = Math.min(job.record.attempts.length, RETRY_LADDER_MS.length) - 1;
    const delay = (RETRY_LADDER_MS[step] ?? 0) / timeFactor;
    if (closed) job.record.state = "lost";
    else if (delay === 0) void attempt(job);
    else {
      job.record.state = "waiting";
      later(() => void attempt(job), delay);
    }
  };

  const succeed = (job: Job): void => {
    job.record.state = "delivered";
    acknowledged += 1;
    for (const grant of grantsOf(job)) {
      grant.failingSince = undefined;
      grant.cancelDisable?.();
      grant.cancelDisable = undefined;
    }
    job.onAck?.();
  };

  const attempt = async (job: Job): Promise<void> => {
    const end = gauge.begin();
    try {
      const live = job.entries.filter(({ pageId }) => isLive(world, job.app.appId, pageId));
      if (live.length === 0) {
        job.record.state = "lost";
        return;
      }
      job.record.state = "sending";
      const body = envelope(live.map(({ entry }) => entry));
      const override = signatureFault(faults.strike("webhook.signature"));
      const outcome = await post(job.app, body, signatureFor({ world, app: job.app, body, override }));
      const error = "error" in outcome ? { error: outcome.error } : {};
      job.record.attempts.push({ at: clock.now(), status: outcome.status, ...error });
      if (outcome.status === 200) succeed(job);
      else fail(job);
    } finally {
      end();
      deps.changed();
    }
  };

  function forgetOldest(): void {
    const oldest = log.findIndex(({ state }) => state === "delivered" || state === "lost");
    if (oldest >= 0) log.splice(oldest, 1);
  }

  const start = (app: AppOptions, entries: readonly PageEntry[], onAck?: () => void): Promise<void> => {
    lastId += 1;
    const record: DeliveryRecord = {
      id: lastId,
      appId: app.appId,
      pageIds: [...new Set(entries.map(({ pageId }) => pageId))],
      body: envelope(entries.map(({ entry }) => entry)),
      attempts: [],
      state: "sending",
    };
    log.push(record);
    if (log.length > LOG_KEPT) forgetOldest();
    return attempt({ app, entries, record, onAck });
  };

  return {
    log,
    get acknowledged() {
      return acknowledged;
    },
    async deliver(app, entries, onAck) {
      const end = gauge.begin();
      try {
        const before = faults.peek("webhook.parallel") ? undefined : tails.get(app.appId);
        const copies = Number(faults.strike("webhook.duplicates") ?? 0);
        const run = (async () => {
          await before;
          await start(app, entries, onAck);
          for (let copy = 0; copy < copies; copy += 1) await start(app, entries);
        })();
        tails.set(app.appId, run);
        await run;
      } finally {
        end();
      }
    },
    async raw(app, body, override) {
      const end = gauge.begin();
      try {
        return await post(app, body, signatureFor({ world, app, body, override }));
      } finally {
        end();
      }
    },
    async handshake(app, token = app.verifyToken) {
      const challenge = String(1_000_000_000 + Math.floor(Math.random() * 1_000_000_000));
      const url = new URL(app.webhookUrl);
      url.searchParams.set("hub.mode", "subscribe");
      url.searchParams.set("hub.verify_token", token);
      url.searchParams.set("hub.challenge", challenge);
      const outcome = await http.call({ method: "GET", url, timeoutMs: ACK_BUDGET_MS });
      return { ...outcome, challenge };
    },
    close() {
      closed = true;
      for (const undo of timers) undo();
      timers.clear();
      http.close();
    },
  };
}

export function envelope(entries: readonly Json[]): string {
  return toMetaJson({ object: "page", entry: entries });
}

function isLive(world: World, appId: string, pageId: string): boolean {
  const grant = findGrant(world, appId, pageId);
  return grant !== undefined && grant.fields !== undefined && !grant.disabled;
}

function signatureFault(value: unknown): SignatureOverride | undefined {
  return value === "wrong" || value === "missing" || value === "other-app" ? value : undefined;
}

interface Signing {
  readonly world: World;
  readonly app: AppOptions;
  readonly body: string;
  readonly override: SignatureOverride | undefined;
}

function signatureFor({ world, app, body, override }: Signing): string | undefined {
  const bytes = Buffer.from(body);
  if (override === undefined) return signBody(app.appSecret, bytes);
  if (override === "missing") return undefined;
  if (override === "wrong") return forgedSignature();
  if (override !== "other-app") return override.value;
  const other = [...world.apps.values()].find((candidate) => candidate.appId !== app.appId);
  return signBody(other?.appSecret ?? `${app.appSecret}-of-another-app`, bytes);
}
