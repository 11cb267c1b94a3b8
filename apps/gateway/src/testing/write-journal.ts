import type { ReportEntry } from "@tongdai/shared";
import type { Ctx } from "../context.ts";

const AT_ONCE = 100;

/** Puts entries into the journal as if they had happened. */
export async function writeJournal(ctx: Pick<Ctx, "store">, entries: readonly ReportEntry[]): Promise<void> {
  for (let i = 0; i < entries.length; i += AT_ONCE)
    await ctx.store.write((tx) =>
      tx.db
        .insertInto("journal")
        .values(
          entries.slice(i, i + AT_ONCE).map((e) => ({
            at: e.at,
            name: e.name,
            actor_id: e.actorId,
            scopes: "[]",
            data: JSON.stringify(e.data),
            customer_id: null,
            conversation_id: null,
            interaction_id: e.interactionId,
            ticket_id: null,
          })),
        )
        .execute(),
    );
}
