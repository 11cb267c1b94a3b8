import type { WorkKind } from "@tongdai/shared";
import { sql } from "kysely";
import { prepared } from "./prepared.ts";
import type { Queryable, Tx } from "./store.ts";

/** Waiting work with what its place in the line depends on; not what is held until its queue opens. */
const waiting = (q: Queryable) =>
  q.db
    .selectFrom("interaction as i")
    .innerJoin("conversation as c", "c.id", "i.conversation_id")
    .innerJoin("customer as u", "u.id", "i.customer_id")
    .selectAll("i")
    .select(["c.window_opened_at", "c.account_id", "u.tags", "u.owner_id as customer_owner_id"])
    .where("i.state", "=", "waiting")
    .where("i.held_until", "is", null);

export type WaitingRow = Awaited<ReturnType<typeof workToLookAt>>[number];

const toLookAt = prepared((q, p: { limit: number }) =>
  waiting(q).where("i.look_again", "=", 1).orderBy("i.waiting_since").orderBy("i.id").limit(p.limit),
);

/** Waiting work that the router has not looked at since it changed, oldest first. */
export const workToLookAt = (q: Queryable, limit: number) => toLookAt.all(q, { limit });

const byId = prepared((q, p: { key: string }) => waiting(q).where("i.id", "=", p.key));

export const waitingWork = (q: Queryable, interactionId: string) => byId.first(q, { key: interactionId });

export interface LineOf {
  readonly queueId: string;
  readonly work: WorkKind;
}

const line = prepared((q, p: LineOf & { limit: number }) =>
  inLine(q, p).orderBy("i.rank_at").orderBy("i.id").limit(p.limit),
);

/** Of a queue's work of one kind, in order; not what waits for one agent only, who is asked first: see `keptWork`. */
const inLine = (q: Queryable, p: LineOf) =>
  waiting(q)
    .where("i.queue_id", "=", p.queueId)
    .where("i.work", "=", p.work)
    .where((e) => e.or([e("i.wait_reason", "is", null), e("i.wait_reason", "<>", "kept_for")]));

/** The head of a line: see `rankAt` of the domain. */
export const headOfLine = (q: Queryable, p: LineOf & { limit: number }) => line.all(q, p);

const aged = prepared((q, p: LineOf & { since: number; limit: number }) =>
  inLine(q, p).where("i.waiting_since", "<=", p.since).orderBy("i.rank_at").orderBy("i.id").limit(p.limit),
);

/** The head of a line without those who began to wait later. */
export const headOfAged = (q: Queryable, p: LineOf & { since: number; limit: number }) => aged.all(q, p);

/** The head of a line without what comes from some accounts, or with only what comes from one. */
export const headOfAccounts = (
  q: Queryable,
  p: LineOf & { limit: number } & ({ accountId: string } | { without: readonly string[] }),
) =>
  inLine(q, p)
    .where((e) =>
      "accountId" in p ? e("c.account_id", "=", p.accountId) : e("c.account_id", "not in", p.without),
    )
    .orderBy("i.rank_at")
    .orderBy("i.id")
    .limit(p.limit)
    .execute();

interface Closing extends LineOf {
  readonly channel: string;
  /** Of the windows that were opened after this and up to that: not what is closed already, nor what has time. */
  readonly after: number;
  readonly upTo: number;
  readonly limit: number;
}

const closing = prepared((q, p: Closing) =>
  inLine(q, p)
    .whereRef("c.interaction_id", "=", "i.id")
    .where("c.interaction_state", "=", "waiting")
    .where("c.queue_id", "=", p.queueId)
    .where("c.channel", "=", p.channel)
    .where("c.window_opened_at", ">", p.after)
    .where("c.window_opened_at", "<=", p.upTo)
    .orderBy("c.window_opened_at")
    .limit(p.limit),
);

/** Of a line, whose reply windows opened first, and so close first. */
export const firstToClose = (q: Queryable, p: Closing) => closing.all(q, p);

const kept = prepared((q) => waiting(q).where("i.wait_reason", "=", "kept_for"));

/** Work that waits for one agent only, who need not be in its queue. */
export const keptWork = (q: Queryable) => kept.all(q, {});

const any = prepared((q) =>
  q.db
    .selectFrom("interaction")
    .select("id")
    .where("state", "=", "waiting")
    .where("held_until", "is", null)
    .limit(1),
);

export const somethingWaits = async (q: Queryable): Promise<boolean> =>
  (await any.first(q, {})) !== undefined;

const lengths = prepared((q) =>
  q.db
    .selectFrom("interaction")
    .select(["queue_id", (e) => e.fn.countAll<number>().as("length")])
    .where("state", "=", "waiting")
    .where("held_until", "is", null)
    .groupBy("queue_id"),
);

/** How many wait in each queue in which somebody waits. */
export async function lineLengths(q: Queryable): Promise<ReadonlyMap<string, number>> {
  return new Map((await lengths.all(q, {})).map((r) => [r.queue_id, Number(r.length)]));
}

const idle = prepared((q) =>
  q.db
    .selectFrom("conversation as c")
    .innerJoin("interaction as i", "i.id", "c.interaction_id")
    .select(["i.owner_id", (e) => e.fn.countAll<number>().as("chats")])
    .where("c.owner_id", "is not", null)
    .where("c.interaction_state", "=", "active")
    .where("c.unanswered_since", "is", null)
    .where("i.work", "=", "chat")
    .groupBy("i.owner_id"),
);

/** By agent, the chats in hand whose customer owes the next word. */
export async function idleChats(q: Queryable): Promise<ReadonlyMap<string, number>> {
  return new Map((await idle.all(q, {})).map((r) => [r.owner_id ?? "", Number(r.chats)]));
}

const lost = prepared((q) =>
  q.db
    .selectFrom("agent_state")
    .select("user_id")
    .where("lost_at", "is not", null)
    .where("state", "=", "available"),
);

/** Ids of agents who said that they are there, of whom no client is connected. */
export const lostAvailable = async (q: Queryable): Promise<string[]> =>
  (await lost.all(q, {})).map((r) => r.user_id);

const looked = prepared((q, p: { key: string; was: number; reason: string }) =>
  q.db
    .updateTable("interaction")
    .set({ wait_reason: p.reason, look_again: 0 })
    .where("id", "=", p.key)
    .where("version", "=", p.was),
);

/** The router has looked and found this in the way. False when somebody changed the work since it was read. */
export const setLooked = async (
  tx: Tx,
  was: Pick<WaitingRow, "id" | "version">,
  reason: string,
): Promise<boolean> => (await looked.run(tx, { key: was.id, was: was.version, reason })) === 1;

/**
 * Whoever routes, or changes who is there to be routed to, does so alone: an offer must not be made to somebody who is
 * just leaving. Taken before anything else is held.
 *
 * One node routes at a time; the others' turn comes with their own wake-up. Released by the commit.
 */
export async function routingTurn(tx: Tx): Promise<void> {
  if (tx.engine === "postgres") await sql`select pg_advisory_xact_lock(7073)`.execute(tx.db);
}

/** Moves waiting work to its place in the line without making it a new version of itself. */
export async function setRank(tx: Tx, ids: readonly string[], o: { aheadMs: number }): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .updateTable("interaction")
    .set((e) => ({ rank_at: e("waiting_since", "-", o.aheadMs) }))
    .where("id", "in", ids)
    .execute();
}

/**
 * Work that still waits is to be looked at again, without being a new version of itself: nobody is told of one. False when it
 * waits no more.
 */
export async function lookAtWork(
  tx: Tx,
  interactionId: string,
  change: { readonly declined_by?: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable("interaction")
    .set({ ...change, look_again: 1 })
    .where("id", "=", interactionId)
    .where("state", "=", "waiting")
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** All that waits in a queue, of a customer or from a channel account is to be looked at again. */
export const lookAtWaiting = (
  tx: Tx,
  of: { queueId: string } | { customerId: string } | { accountId: string },
) =>
  tx.db
    .updateTable("interaction")
    .set({ look_again: 1 })
    .where((e) => {
      if ("queueId" in of) return e("queue_id", "=", of.queueId);
      if ("customerId" in of) return e("customer_id", "=", of.customerId);
      const here = e.selectFrom("conversation").select("id").where("account_id", "=", of.accountId);
      return e("conversation_id", "in", here);
    })
    .where("state", "=", "waiting")
    .execute();

/** What the places of waiting work depend on: of a queue, or of a customer. */
export const waitingOf = (q: Queryable, of: { queueId: string } | { customerId: string }) =>
  q.db
    .selectFrom("interaction as i")
    .innerJoin("customer as u", "u.id", "i.customer_id")
    .select(["i.id", "i.queue_id", "i.waiting_since", "i.boost", "i.channel", "i.rank_at", "u.tags"])
    .where("i.state", "=", "waiting")
    .where((e) =>
      "queueId" in of ? e("i.queue_id", "=", of.queueId) : e("i.customer_id", "=", of.customerId),
    )
    .execute();
