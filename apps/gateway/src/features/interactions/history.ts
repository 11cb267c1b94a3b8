import {
  AppError,
  type CommandOutput,
  type CommandParsed,
  type EventName,
  FormAnswer,
  Reason,
} from "@tongdai/shared";
import { z } from "zod";
import type { Caller, Ctx } from "../../context.ts";
import { interactionById, newestInteractionIds } from "../../store/interactions.ts";
import { entriesOfInteractions } from "../../store/journal.ts";
import { seeHistory } from "../access.ts";

const steps: readonly EventName[] = [
  "interaction.opened",
  "interaction.deferred",
  "interaction.offered",
  "interaction.accepted",
  "interaction.declined",
  "interaction.missed",
  "interaction.requeued",
  "interaction.transferred",
  "interaction.parked",
  "interaction.unparked",
  "interaction.ended",
  "interaction.extended",
  "interaction.resumed",
  "interaction.closed",
  "interaction.prioritised",
];

/** What every step of an interaction carries, tolerant of older rows. */
const StepData = z.object({
  reasons: z.array(Reason).default([]),
  userId: z.string().nullable().default(null),
  note: z.string().nullable().default(null),
  disposition: z.string().nullable().default(null),
  form: z.array(FormAnswer).default([]),
});

const mostInteractions = 20;
const mostEntries = 500;

/** The life of an interaction, or of the newest ones of a conversation, with the reason of every decision, oldest first. */
export async function interactionHistory(
  ctx: Ctx,
  caller: Caller,
  of: CommandParsed<"interaction.history">,
): Promise<CommandOutput<"interaction.history">> {
  const interactionIds = await seeInteractions(ctx, caller, of);
  const entries = await entriesOfInteractions(ctx.store, {
    interactionIds,
    names: steps,
    limit: mostEntries,
  });
  return {
    entries: entries.map((e) => ({
      seq: e.seq,
      at: e.at,
      name: e.name,
      actorId: e.actorId,
      ...StepData.parse(e.data),
    })),
  };
}

async function seeInteractions(
  ctx: Ctx,
  caller: Caller,
  of: CommandParsed<"interaction.history">,
): Promise<readonly string[]> {
  if ("conversationId" in of) {
    await seeHistory(ctx, caller, of.conversationId);
    return newestInteractionIds(ctx.store, of.conversationId, mostInteractions);
  }
  const row = await interactionById(ctx.store, of.interactionId);
  if (!row) throw new AppError("not_found", "no such conversation");
  await seeHistory(ctx, caller, row.conversation_id);
  return [row.id];
}
