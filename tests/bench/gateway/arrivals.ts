import type { Ctx } from "@tongdai/gateway";
import type { Offer } from "@tongdai/shared";
import { close } from "../../../apps/gateway/src/features/interactions/close.ts";
import { changeAgent, openInteraction } from "../../../apps/gateway/src/features/interactions/index.ts";
import { acceptOffer } from "../../../apps/gateway/src/features/interactions/offers.ts";
import { conversationById } from "../../../apps/gateway/src/store/conversations.ts";
import type { Entry } from "../../../apps/gateway/src/store/index.ts";
import { type Summary, summarise } from "../lib/percentiles.ts";
import { onSchedule, pause, until } from "../lib/schedule.ts";
import { callerOf } from "../parts/callers.ts";

export interface Arrivals {
  /** Conversations without work. The first `filled` of them are opened before anything is measured. */
  readonly conversationIds: readonly string[];
  readonly userIds: readonly string[];
  /** Everybody is full and the rest of the filled waits: an offer becomes possible only when somebody finishes. */
  readonly filled: number;
  /** What all agents can carry. */
  readonly room: number;
  readonly rate: number;
  readonly seconds: number;
}

export interface Arrived {
  /** Milliseconds from the commit that made an offer possible to the offer's being told. */
  readonly offers: Summary;
  /** From asking for a commit of one row to its being told, nothing else going on. */
  readonly commit: Summary;
  readonly arrived: number;
  /** Offers that never left. */
  readonly missing: number;
  readonly failed: number;
  /** Of one processor. */
  readonly share: number;
}

interface Held {
  readonly interactionId: string;
  readonly userId: string;
  readonly version: number;
}

/** How long an agent has each piece of work where there is room enough. */
const HOLD_MS = 500;
/** Not counted: code that has not run yet is slow once. */
export const WARM_UP_SECONDS = 1;
const PATIENCE_MS = 20_000;

/** Customers arrive at a steady rate; agents accept at once and soon finish. */
export async function runArrivals(ctx: Ctx, o: Arrivals): Promise<Arrived> {
  const commit = await commits(ctx, o);
  const isFull = o.filled > 0;
  const possible = new Map<string, number[]>();
  const owners = new Map<string, string>();
  const held: Held[] = [];
  const latencies: number[] = [];
  let failed = 0;
  const attempt = (work: Promise<unknown>) => void work.catch(() => failed++);

  const since = (key: string) => {
    const all = possible.get(key) ?? [];
    possible.set(key, all);
    return all;
  };
  const undo = ctx.store.follow((entries) => {
    const now = performance.now();
    for (const entry of entries) hear(entry, now);
  });

  function hear(entry: Entry, now: number): void {
    if (entry.name === "offer.made") {
      const { offer } = entry.data as { offer: Offer };
      const from = since(isFull ? offer.userId : offer.interactionId).shift();
      if (from !== undefined) latencies.push(now - from);
      owners.set(offer.conversationId, offer.userId);
      attempt(accept(offer));
      return;
    }
    if (entry.name !== "interaction.opened" && entry.name !== "interaction.closed") return;
    const { conversation } = entry.data as {
      conversation: { id: string; interaction: { id: string } | null };
    };
    if (entry.name === "interaction.closed") {
      if (isFull) since(owners.get(conversation.id) ?? "").push(now);
    } else if (!isFull) since(conversation.interaction?.id ?? "").push(now);
  }

  async function accept(offer: Offer): Promise<void> {
    const { id, version } = await acceptOffer(ctx, callerOf(offer.userId, "agent", []), offer.id);
    const work = { interactionId: id, userId: offer.userId, version };
    if (isFull) {
      held.push(work);
      return;
    }
    await pause(HOLD_MS);
    await finish(work);
  }

  const finish = ({ interactionId, userId, version }: Held) =>
    close(ctx, callerOf(userId, "agent", []), {
      interactionId,
      version,
      disposition: "Xong",
      resolved: true,
      form: {},
      note: "",
    });

  try {
    await Promise.all(o.conversationIds.slice(0, o.filled).map((id) => arrive(ctx, id)));
    if (isFull && !(await until(() => held.length >= o.room, PATIENCE_MS)))
      throw new Error(`only ${held.length} of ${o.room} were taken`);
    let cpu = process.cpuUsage();
    let from = performance.now();
    const cold = o.rate * WARM_UP_SECONDS;
    await onSchedule({ count: cold + o.rate * o.seconds, rate: o.rate }, (i) => {
      if (i === cold) {
        latencies.length = 0;
        cpu = process.cpuUsage();
        from = performance.now();
      }
      attempt(arrive(ctx, o.conversationIds[o.filled + i] ?? ""));
      const next = isFull ? held.shift() : undefined;
      if (next) attempt(finish(next));
    });
    const used = process.cpuUsage(cpu);
    const share = (used.user + used.system) / 1_000 / (performance.now() - from);
    const missing = () => [...possible.values()].reduce((n, all) => n + all.length, 0);
    await until(() => missing() === 0, 2_000);
    await pause(2 * HOLD_MS);
    return {
      offers: summarise(latencies),
      commit,
      arrived: o.rate * o.seconds,
      missing: missing(),
      failed,
      share,
    };
  } finally {
    undo();
  }
}

const arrive = (ctx: Ctx, conversationId: string) =>
  ctx.store.write(async (tx) => {
    const view = await conversationById(tx, conversationId);
    if (!view) throw new Error(`no conversation ${conversationId}`);
    await openInteraction(tx, ctx, { view, waitingSince: ctx.clock.now(), reason: "customer_wrote" });
  });

/** The least that an offer costs: one row made durable and told. Nobody is to be routed meanwhile. */
async function commits(ctx: Ctx, o: Arrivals): Promise<Summary> {
  const asked = new Map<string, number>();
  const times: number[] = [];
  const undo = ctx.store.follow((entries) => {
    for (const { name, data } of entries) {
      if (name !== "agent.changed") continue;
      const { userId } = (data as { agent: { userId: string } }).agent;
      times.push(performance.now() - (asked.get(userId) ?? Number.NaN));
    }
  });
  const quiet = { ...ctx, wake: { ...ctx.wake, router: () => {} } };
  await onSchedule({ count: o.userIds.length, rate: o.rate }, (i) => {
    const userId = o.userIds[i] ?? "";
    asked.set(userId, performance.now());
    void ctx.store.write((tx) => changeAgent(tx, quiet, { userId }));
  });
  await until(() => times.length >= o.userIds.length, PATIENCE_MS);
  undo();
  return summarise(times);
}
