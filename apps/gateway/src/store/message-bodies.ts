import type { MessageBodyRow } from "./schema-messages.ts";
import type { Queryable, Tx } from "./store.ts";

export const insertBody = (tx: Tx, row: MessageBodyRow) =>
  tx.db.insertInto("message_body").values(row).execute();

export const bodyOf = (q: Queryable, messageId: string) =>
  q.db.selectFrom("message_body").selectAll().where("message_id", "=", messageId).executeTakeFirst();
