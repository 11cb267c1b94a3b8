import type { SignatureRow } from "./schema.ts";
import type { Queryable, Tx } from "./store.ts";

/** @param ownerId a person or a channel account */
export const signatureOf = (q: Queryable, ownerId: string) =>
  q.db.selectFrom("signature").selectAll().where("owner_id", "=", ownerId).executeTakeFirst();

export const accountSignatures = (q: Queryable): Promise<SignatureRow[]> =>
  q.db
    .selectFrom("signature")
    .innerJoin("channel_account", "channel_account.id", "signature.owner_id")
    .selectAll("signature")
    .execute();

export const upsertSignature = (tx: Tx, { owner_id, ...rest }: SignatureRow) =>
  tx.db
    .insertInto("signature")
    .values({ owner_id, ...rest })
    .onConflict((c) => c.column("owner_id").doUpdateSet(rest))
    .execute();

export const deleteSignature = (tx: Tx, ownerId: string) =>
  tx.db.deleteFrom("signature").where("owner_id", "=", ownerId).execute();
