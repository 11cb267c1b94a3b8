import type { HealthState } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { redactText } from "../../log.ts";
import { accountById, holdAccount, releaseHeld, updateAccount } from "../../store/accounts.ts";
import type { Tx } from "../../store/index.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";
import { setTimer } from "../timers/index.ts";
import { openAccount } from "./open-account.ts";
import { toAccount } from "./present.ts";

/** Hearing nothing for so long from an account is worth a look. */
const SILENT_MS = 24 * 60 * 60_000;

export interface Health {
  readonly accountId: string;
  readonly state: HealthState;
  /** The vendor's own words, for the curious. */
  readonly error: string | null;
}

const PAUSING: ReadonlySet<string> = new Set<HealthState>([
  "login_needed",
  "restricted",
  "unreachable",
  "off",
]);

/** Whether nothing may be sent from the account until it is well again. */
export const isPaused = (row: Pick<ChannelAccountRow, "enabled" | "health">): boolean =>
  row.enabled === 0 || PAUSING.has(row.health);

/** Sets the health and tells everybody, when it is another one than before. Returns whether it was. */
export async function setHealth(tx: Tx, ctx: Ctx, health: Health): Promise<boolean> {
  const row = await holdAccount(tx, health.accountId);
  if (!row) return false;
  const error = health.error === null ? null : redactText(health.error).slice(0, 500);
  if (row.health === health.state && row.last_error === error) return false;
  const since = row.health === health.state ? row.health_since : ctx.clock.now();
  const change = { health: health.state, health_since: since, last_error: error };
  await updateAccount(tx, row.id, change);
  await accountChanged(tx, ctx, { row: { ...row, ...change }, actorId: null });
  return true;
}

/**
 * Tells of an account as it now is. Nothing stays held while its account may send, so whatever changes an account goes
 * through here.
 */
export async function accountChanged(
  tx: Tx,
  ctx: Ctx,
  o: { row: ChannelAccountRow; actorId: string | null },
): Promise<void> {
  tx.journal({
    name: "channel_account.changed",
    at: ctx.clock.now(),
    actorId: o.actorId,
    scopes: ["org"],
    data: { account: toAccount(o.row) },
  });
  await freeHeld(tx, ctx, o.row);
}

/** What a pause held back leaves again, once the pause is over. */
export async function freeHeld(tx: Tx, ctx: Ctx, row: ChannelAccountRow): Promise<void> {
  if (isPaused(row)) return;
  if (await releaseHeld(tx, row.id, ctx.clock.now())) tx.afterCommit(() => ctx.wake.outbox());
}

/**
 * Timer `account_silent`: an account from which nothing has come for a day becomes `silent`, also one that was never heard: a
 * subscription missing at the vendor gives silence, not an error. Sets the next look as long as the account is switched on.
 * One that is heard becomes `ok` where that is noticed.
 */
export async function lookForSilence(tx: Tx, ctx: Ctx, accountId: string): Promise<void> {
  const row = await accountById(tx, accountId);
  if (!row || row.enabled === 0) return;
  const now = ctx.clock.now();
  const since = row.last_inbound_at ?? row.health_since;
  const quiet = now - since >= SILENT_MS;
  if (quiet && row.health === "ok" && row.one_way === 0 && !keepsConnection(ctx, row))
    await setHealth(tx, ctx, { accountId, state: "silent", error: null });
  const dueAt = (quiet ? now : since) + SILENT_MS;
  await setTimer(tx, ctx, { kind: "account_silent", subjectId: accountId, dueAt });
}

/** Its silence is not a missing subscription: a connection that is lost is told of at once. */
function keepsConnection(ctx: Ctx, row: ChannelAccountRow): boolean {
  try {
    return openAccount(ctx, row).connect !== undefined;
  } catch {
    return false;
  }
}
