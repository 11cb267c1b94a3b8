import type { CommandOutput } from "@tongdai/shared";
import { z } from "zod";
import type { Caller, Ctx } from "../../context.ts";
import { conversationById } from "../../store/conversations.ts";
import { interactionById } from "../../store/interactions.ts";
import { entriesOfInteraction } from "../../store/journal.ts";
import { seeConversation } from "../access.ts";

/** What every step of an interaction carries, tolerant of older rows. */
const StepData = z.object({
  reasons: z.array(z.string()).default([]),
  userId: z.string().nullable().default(null),
  note: z.string().nullable().default(null),
  disposition: z.string().nullable().default(null),
});

/** The life of an interaction with the reason of every decision, oldest first. */
export async function interactionHistory(
  ctx: Ctx,
  caller: Caller,
  interactionId: string,
): Promise<CommandOutput<"interaction.history">> {
  const row = await interactionById(ctx.store, interactionId);
  seeConversation(caller, row && (await conversationById(ctx.store, row.conversation_id)));
  const entries = await entriesOfInteraction(ctx.store, interactionId);
  return {
    entries: entries
      .filter((e) => e.name.startsWith("interaction."))
      .map((e) => ({ seq: e.seq, at: e.at, name: e.name, actorId: e.actorId, ...StepData.parse(e.data) })),
  };
}
