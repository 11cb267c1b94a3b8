import { answerWithin, hasRoom, type QueueRule, type RoutableAgent, WorkKind } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import {
  firstToClose,
  headOfAccounts,
  headOfAged,
  headOfLine,
  type LineOf,
  type WaitingRow,
} from "../../store/routing.ts";
import type { Known } from "./memory.ts";

/** Waiting work that one pass looks at, shared among the lines within reach; the rest is left for the next one. */
export const LIMIT = 400;
/** Of each line at least so many: who declined one may take the next. */
const LEAST = 8;

interface Reach extends LineOf {
  readonly rule: QueueRule;
}

/**
 * The heads of the lines that somebody with room may serve: each queue's work of each kind by itself, so that what nobody has
 * room for does not hide what somebody has.
 */
export async function readLines(
  tx: Tx,
  ctx: Ctx,
  known: Known,
): Promise<{ rows: readonly WaitingRow[]; more: boolean }> {
  const reach = withinReach(known);
  const limit = Math.max(LEAST, Math.floor(LIMIT / Math.max(1, reach.length)));
  const rows: WaitingRow[] = [];
  let more = false;
  for (const line of reach) {
    const head = await headOfLine(tx, { queueId: line.queueId, work: line.work, limit });
    rows.push(...head);
    if (head.length < limit) continue;
    more = true;
    rows.push(...(await behindTheHead(tx, ctx, { line, head, limit })));
    rows.push(...(await ofEachAccount(tx, { line, accounts: known.needs, limit })));
  }
  return { rows, more };
}

/** What the order that the store keeps leaves behind: points of closing windows, and those whom more agents may take. */
async function behindTheHead(
  tx: Tx,
  ctx: Ctx,
  { line, head, limit }: { line: Reach; head: readonly WaitingRow[]; limit: number },
): Promise<WaitingRow[]> {
  const { queueId, work, rule } = line;
  const now = ctx.clock.now();
  const rows: WaitingRow[] = [];
  for (const age of agesOf(rule)) {
    const since = now - age;
    if (head.some((row) => row.waiting_since > since))
      rows.push(...(await headOfAged(tx, { queueId, work, since, limit })));
  }
  const within = Math.max(0, ...rule.priority.byWindow.map((w) => w.withinMs));
  for (const { id, capabilities } of within > 0 ? ctx.channels.all : []) {
    const answerable = answerWithin(capabilities);
    if (answerable === null || capabilities.work !== work) continue;
    const after = now - answerable;
    rows.push(
      ...(await firstToClose(tx, { queueId, work, channel: id, after, upTo: after + within, limit })),
    );
  }
  return rows;
}

/** What accounts ask for that have needs of their own does not hide the rest, nor what another of them asks for. */
async function ofEachAccount(
  tx: Tx,
  { line, accounts, limit }: { line: Reach; accounts: Known["needs"]; limit: number },
): Promise<WaitingRow[]> {
  if (accounts.size === 0) return [];
  const { queueId, work } = line;
  const rows = await headOfAccounts(tx, { queueId, work, limit, without: [...accounts.keys()] });
  for (const accountId of accounts.keys())
    rows.push(...(await headOfAccounts(tx, { queueId, work, limit, accountId })));
  return rows;
}

/** From which waiting times on others are asked than before. */
const agesOf = (rule: QueueRule): number[] =>
  [...new Set([...rule.rings, ...rule.overflow].map((step) => step.afterMs ?? 0))].filter((ms) => ms > 0);

/**
 * A member has room for that kind of work, or one of a queue that helps. Who had room before found nothing there, but a line
 * that grew may have come within reach of those who help when it is long.
 */
function withinReach({ agents, rules, fresh }: Known): Reach[] {
  const pushing = [...rules.queues.values()].filter((q) => q.mode === "push");
  const looksAtLength = pushing.some(byLength);
  const somebody = looksAtLength
    ? [...agents.values()]
    : [...fresh].flatMap((userId) => agents.get(userId) ?? []);
  return WorkKind.options.flatMap((work) => {
    const hasPlace = (a: RoutableAgent) => a.state === "available" && hasRoom(a, rules.capacity, work);
    const open = somebody.filter(hasPlace);
    const free = new Set(open.flatMap((a) => a.queueIds));
    const newly = looksAtLength
      ? new Set(open.filter((a) => fresh.has(a.userId)).flatMap((a) => a.queueIds))
      : free;
    return pushing
      .filter((q) => reaches(newly, q) || (byLength(q) && reaches(free, q)))
      .map((rule) => ({ queueId: rule.queueId, work, rule }));
  });
}

const byLength = (q: QueueRule): boolean => q.overflow.some((o) => o.longerThan !== null);

const reaches = (queueIds: ReadonlySet<string>, q: QueueRule): boolean =>
  queueIds.has(q.queueId) || q.overflow.some((o) => queueIds.has(o.queueId));
