import type { Updateable } from "kysely";
import type { PostRow } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

export const postByExternalId = (q: Queryable, accountId: string, externalId: string) =>
  q.db
    .selectFrom("post")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("external_id", "=", externalId)
    .executeTakeFirst();

export const postById = (q: Queryable, id: string) =>
  q.db.selectFrom("post").selectAll().where("id", "=", id).executeTakeFirst();

/** False, and nothing is changed, when the account has it already. */
export async function insertPost(tx: Tx, row: PostRow): Promise<boolean> {
  const made = await tx.db
    .insertInto("post")
    .values(row)
    .onConflict((c) => c.columns(["account_id", "external_id"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return made !== undefined;
}

export const updatePost = (tx: Tx, id: string, change: Updateable<PostRow>) =>
  tx.db.updateTable("post").set(change).where("id", "=", id).execute();

/** The first of the conversations beneath a post. */
export const conversationsBeneath = (q: Queryable, postId: string) =>
  q.db.selectFrom("conversation").select("id").where("post_id", "=", postId).orderBy("id").limit(1).execute();

/** The conversations beneath a post that are somebody's work. */
export const shownBeneath = (q: Queryable, postId: string) =>
  q.db
    .selectFrom("conversation")
    .select("id")
    .where("post_id", "=", postId)
    .where("interaction_id", "is not", null)
    .execute();
