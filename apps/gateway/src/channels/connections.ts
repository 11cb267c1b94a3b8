import { AppError, ChannelId } from "@tongdai/shared";
import type { Ctx } from "../context.ts";
import { openAccount, setHealth, watchAccount } from "../features/channel-accounts/index.ts";
import { accountById, allAccounts } from "../store/accounts.ts";
import { leaseConnection, movePlace, placeOf, releaseConnection } from "../store/connections.ts";
import type { ChannelAccountRow } from "../store/schema.ts";
import { type Wakeable, wakeable } from "../wakeable.ts";
import { backoff } from "./backoff.ts";
import type { Account, Link } from "./channel.ts";
import { receiveDeliveries } from "./inbound.ts";
import { pauseOf } from "./outbound-pause.ts";

/** A process that says nothing for so long has died, and another one connects. */
const LEASE_MS = 30_000;
const LOOK_MS = 10_000;
/** Whoever refuses our credentials is not asked every second: servers lock out who knocks too often. */
const REFUSED_MS = 5 * 60_000;
/** A connection that has lasted so long was a good one: what breaks it is the first failure. */
const GOOD_MS = 60_000;
/** Failures after which people are told. */
const TELL_AFTER = 3;

interface Kept {
  readonly row: ChannelAccountRow;
  readonly abort: AbortController;
  readonly end: Promise<void>;
}

interface Rest {
  readonly attempts: number;
  /** By the clock that never steps. */
  readonly until: number;
  /** Another configuration is tried at once. */
  readonly config: string;
}

type Connect = NonNullable<Account["connect"]>;

export interface Connections extends Wakeable {
  start(): void;
}

/**
 * Keeps the connections of the accounts that want one, each in one process: a lease in the store says in which. One that is
 * lost is made again after a while; a change of the account, its switching off and our own end close it.
 */
export function keepConnections(ctx: () => Ctx, random: () => number = Math.random): Connections {
  const kept = new Map<string, Kept>();
  const resting = new Map<string, Rest>();
  let closed = false;

  async function pass(): Promise<number> {
    const wanted = new Map<string, { row: ChannelAccountRow; connect: Connect }>();
    for (const row of await allAccounts(ctx().store)) {
      const connect = row.enabled === 1 ? connectOf(ctx(), row) : null;
      if (connect) wanted.set(row.id, { row, connect });
    }
    for (const [id, { row, abort }] of kept) if (wanted.get(id)?.row.config !== row.config) abort.abort();
    for (const id of resting.keys()) if (!wanted.has(id)) resting.delete(id);
    let next = LOOK_MS;
    for (const { row, connect } of wanted.values()) next = Math.min(next, await lookAt(row, connect));
    return Math.max(1, next);
  }

  /** @returns milliseconds until it wants another look */
  async function lookAt(row: ChannelAccountRow, connect: Connect): Promise<number> {
    const mine = kept.get(row.id);
    const rest = resting.get(row.id);
    const wait = rest?.config === row.config ? rest.until - ctx().clock.elapsed() : 0;
    if (closed || (!mine && wait > 0)) return Math.min(LOOK_MS, wait);
    if (mine?.abort.signal.aborted) return LOOK_MS;
    const isOurs = await lease(ctx(), row.id);
    if (mine && !isOurs) mine.abort.abort();
    if (mine || !isOurs) return LOOK_MS;
    const abort = new AbortController();
    const end = run(row, connect, abort.signal).finally(() => {
      kept.delete(row.id);
      loop.wake();
    });
    kept.set(row.id, { row, abort, end });
    return LOOK_MS;
  }

  async function run(row: ChannelAccountRow, connect: Connect, signal: AbortSignal): Promise<void> {
    const { clock, log } = ctx();
    let upAt: number | null = null;
    let trouble: unknown = new AppError("unavailable", "the connection ended");
    const up = (): void => {
      upAt ??= clock.elapsed();
      void isUp(ctx(), row.id).catch((err: unknown) => log.warn({ err }, "health was not noted"));
    };
    try {
      await connect(linkOf(ctx(), row, up), signal);
    } catch (error) {
      trouble = error;
    }
    if (signal.aborted) {
      resting.delete(row.id);
      await ctx().store.write((tx) => releaseConnection(tx, row.id, ctx().instanceId));
      return;
    }
    const wasGood = upAt !== null && clock.elapsed() - upAt >= GOOD_MS;
    const attempts = wasGood ? 1 : (resting.get(row.id)?.attempts ?? 0) + 1;
    const ms = pauseOf(trouble) ? REFUSED_MS : backoff(attempts, random);
    log.warn({ err: trouble, account: row.id, attempts, ms }, "a channel's connection was lost");
    resting.set(row.id, { attempts, until: clock.elapsed() + ms, config: row.config });
    await tellTrouble(ctx(), { accountId: row.id, trouble, attempts });
  }

  const loop = wakeable({ name: "connections", deps: ctx, pass });
  return {
    wake: loop.wake,
    idle: loop.idle,
    start() {
      ctx().store.follow((entries) => {
        if (entries.some((e) => e.name === "channel_account.changed")) loop.wake();
      });
      loop.wake();
    },
    async close() {
      closed = true;
      await loop.close();
      for (const { abort } of kept.values()) abort.abort();
      await Promise.all([...kept.values()].map((k) => k.end));
    },
  };
}

/** An account that cannot be opened is told of by its watch. */
function connectOf(ctx: Ctx, row: ChannelAccountRow): Connect | null {
  try {
    const account = openAccount(ctx, row);
    return account.connect ? (link, signal) => account.connect?.(link, signal) ?? Promise.resolve() : null;
  } catch {
    return null;
  }
}

const lease = (ctx: Ctx, accountId: string): Promise<boolean> => {
  const now = ctx.clock.now();
  return ctx.store.write((tx) =>
    leaseConnection(tx, { accountId, holder: ctx.instanceId, now, until: now + LEASE_MS }),
  );
};

const linkOf = (ctx: Ctx, row: ChannelAccountRow, up: () => void): Link => ({
  files: ctx.media,
  up,
  place: (source) => placeOf(ctx.store, row.id, source),
  move: (place) =>
    ctx.store.write(async (tx) => {
      if (!(await movePlace(tx, { accountId: row.id, ...place })))
        throw new AppError("conflict", "another connection has gone further");
    }),
  receive: (brought, place) =>
    receiveDeliveries(
      ctx,
      brought.map(({ body, file }) => ({
        channel: ChannelId.parse(row.channel),
        webhookKey: row.webhook_key,
        body: JSON.stringify(body),
        file,
      })),
      place ? { accountId: row.id, ...place } : undefined,
    ),
});

/** What only the connection knew to be wrong is well again; of what a check has found another check decides. */
async function isUp(ctx: Ctx, accountId: string): Promise<void> {
  const row = await accountById(ctx.store, accountId);
  if (row?.health === "disabled" || row?.health === "silent")
    await ctx.store.write((tx) => setHealth(tx, ctx, { accountId, state: "ok", error: null }));
  else if (row?.health === "login_needed" || row?.health === "unreachable")
    await watchAccount(ctx, accountId);
}

/** Nothing comes in any more, which keeps nothing from leaving, unless the vendor refuses the account as a whole. */
async function tellTrouble(
  ctx: Ctx,
  o: { accountId: string; trouble: unknown; attempts: number },
): Promise<void> {
  const pause = pauseOf(o.trouble);
  if (!pause && o.attempts < TELL_AFTER) return;
  const state = pause?.state ?? "disabled";
  const error = pause?.detail ?? (o.trouble instanceof Error ? o.trouble.message : String(o.trouble));
  await ctx.store.write(async (tx) => {
    const row = await accountById(tx, o.accountId);
    const isWell = row?.health === "ok" || row?.health === "silent" || row?.health === "disabled";
    if (row?.enabled === 1 && isWell) await setHealth(tx, ctx, { accountId: o.accountId, state, error });
  });
}
