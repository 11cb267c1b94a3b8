import { sql } from "kysely";
import { beyond, type Place } from "./place.ts";
import type { Queryable } from "./store.ts";

/** As the index `message_not_arrived` has it: a parameter would not find the index. */
const notArrived = sql<boolean>`m.state in ('failed', 'unknown')`;

const since = (q: Queryable, at: number) =>
  q.db.selectFrom("message as m").where(notArrived).where("m.kind", "=", "message").where("m.at", ">=", at);

/** Newest first. */
export const failedSendsBefore = (
  q: Queryable,
  o: { accountId: string; since: number; before: Place | undefined; limit: number },
) =>
  since(q, o.since)
    .where("m.account_id", "=", o.accountId)
    .$if(o.before !== undefined, (rows) => rows.where(beyond(["m.at", "m.id"], "<", o.before as Place)))
    .innerJoin("conversation as c", "c.id", "m.conversation_id")
    .innerJoin("customer", "customer.id", "c.customer_id")
    .select(["m.id", "m.conversation_id", "m.account_id", "m.author_id", "m.state", "m.error", "m.at"])
    .select("customer.name as customer_name")
    .orderBy("m.at", "desc")
    .orderBy("m.id", "desc")
    .limit(o.limit)
    .execute();

export const failedSendsByAccount = (q: Queryable, at: number) =>
  since(q, at)
    .groupBy(["m.account_id", "m.state"])
    .select((e) => ["m.account_id", "m.state", e.fn.countAll<number>().as("count")])
    .execute();

/** What failed among these messages of an account, or was then taken out, in the order in which it was written. */
export const notArrivedAmong = (q: Queryable, accountId: string, ids: readonly string[]) =>
  q.db
    .selectFrom("message")
    .select("id")
    .where("id", "in", ids)
    .where("account_id", "=", accountId)
    .where("state", "in", ["failed", "removed"])
    .where("direction", "=", "out")
    .where("kind", "=", "message")
    .orderBy("at")
    .orderBy("id")
    .execute();
