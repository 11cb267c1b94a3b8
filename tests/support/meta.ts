import { PAGE, type World } from "./world.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

let lastMid = 0;

/** An id that no other event of this process has. */
export const freshMid = (): string => `m_test_${process.pid}_${++lastMid}`;

/** One element of `messaging`: what `psid` did on the page. */
export const fromCustomer = (
  psid: string,
  at: number,
  event: JsonObject,
  pageId = PAGE.pageId,
): JsonObject => ({
  sender: { id: psid },
  recipient: { id: pageId },
  timestamp: at,
  ...event,
});

/** One element of `messaging`: an echo of what the page sent to `psid`. */
export const echoTo = (psid: string, at: number, message: JsonObject, pageId = PAGE.pageId): JsonObject => ({
  sender: { id: pageId },
  recipient: { id: psid },
  timestamp: at,
  message: { is_echo: true, ...message },
});

export const entryOf = (
  items: readonly JsonObject[],
  o: { pageId?: string; key?: "messaging" | "standby"; time?: number } = {},
): JsonObject => ({ id: o.pageId ?? PAGE.pageId, time: o.time ?? Date.now(), [o.key ?? "messaging"]: items });

/** Every row of a conversation's story, oldest first, as an agent who may see everything would read it. */
export async function rowsOf(w: World, psid: string) {
  return w.gateway.ctx.store.db
    .selectFrom("message as m")
    .innerJoin("conversation as c", "c.id", "m.conversation_id")
    .innerJoin("identity as i", "i.id", "c.identity_id")
    .where("i.external_id", "=", psid)
    .selectAll("m")
    .orderBy("m.at")
    .orderBy("m.id")
    .execute();
}

export async function conversationOf(w: World, psid: string) {
  const row = await w.gateway.ctx.store.db
    .selectFrom("conversation as c")
    .innerJoin("identity as i", "i.id", "c.identity_id")
    .where("i.external_id", "=", psid)
    .selectAll("c")
    .executeTakeFirst();
  if (!row) throw new Error(`no conversation with ${psid}`);
  return row;
}

export const countOf = async (
  w: World,
  table: "message" | "delivery" | "conversation" | "interaction" | "outbox",
) => {
  const row = await w.gateway.ctx.store.db
    .selectFrom(table)
    .select((e) => e.fn.countAll<number>().as("n"))
    .executeTakeFirst();
  return Number(row?.n ?? 0);
};
