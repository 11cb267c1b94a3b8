import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { interactionById } from "../../store/interactions.ts";
import { createTicketByRule } from "../tickets/index.ts";
import { setTimer } from "../timers/index.ts";

/** Work that nobody was there to take for so long leaves a ticket, so that it is owed and not forgotten. */
export const UNANSWERED_MS = 15 * 60_000;

/** So often is looked again while it is just being offered to somebody. */
const LOOK_AGAIN_MS = 60_000;

/** Timer `unanswered`: makes the ticket; the interaction goes on waiting. */
export async function ticketUnanswered(tx: Tx, ctx: Ctx, interactionId: string): Promise<void> {
  const interaction = await interactionById(tx, interactionId);
  if (interaction?.state === "offered")
    await setTimer(tx, ctx, {
      kind: "unanswered",
      subjectId: interactionId,
      dueAt: ctx.clock.now() + LOOK_AGAIN_MS,
    });
  if (interaction?.state !== "waiting") return;
  if (interaction.held_until !== null)
    // Nobody is to be there before the opening.
    await setTimer(tx, ctx, {
      kind: "unanswered",
      subjectId: interactionId,
      dueAt: interaction.held_until + UNANSWERED_MS,
    });
  else await createTicketByRule(tx, ctx, { interaction, reason: "nobody_there" });
}
