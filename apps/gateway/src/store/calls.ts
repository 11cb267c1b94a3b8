import type { Insertable, Updateable } from "kysely";
import type { CallRow } from "./schema-records.ts";
import { inSight, type Sight } from "./sight.ts";
import type { Queryable, Tx } from "./store.ts";

export const insertCall = (tx: Tx, row: Insertable<CallRow>) =>
  tx.db.insertInto("call").values(row).execute();

export const callById = (q: Queryable, id: string): Promise<CallRow | undefined> =>
  q.db.selectFrom("call").selectAll().where("id", "=", id).executeTakeFirst();

export const updateCall = (tx: Tx, id: string, change: Updateable<CallRow>) =>
  tx.db.updateTable("call").set(change).where("id", "=", id).execute();

/** Newest first. */
export const callsOf = (q: Queryable, conversationId: string, limit: number): Promise<CallRow[]> =>
  q.db
    .selectFrom("call")
    .selectAll()
    .where("conversation_id", "=", conversationId)
    .orderBy("started_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();

/** Calls that go on, as far as the store knows. */
export const openCalls = (q: Queryable): Promise<CallRow[]> =>
  q.db.selectFrom("call").selectAll().where("ended_at", "is", null).orderBy("started_at").execute();

/** Those of conversations in sight. */
export const openCallsInSight = (q: Queryable, sight: Sight): Promise<CallRow[]> =>
  q.db
    .selectFrom("call")
    .innerJoin("conversation as c", "c.id", "call.conversation_id")
    .selectAll("call")
    .where("call.ended_at", "is", null)
    .where(inSight("c", sight))
    .orderBy("call.started_at")
    .execute();
