import { AppError } from "@tongdai/shared";
import type { Caller } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import type { InteractionRow } from "../../store/schema.ts";
import { may } from "../access.ts";
import { getInteraction } from "./change.ts";

/**
 * The interaction, if the caller owns it or may assign work, and has seen its newest version.
 * Throws `not_found`, `forbidden`, `conflict`.
 */
export async function ownInteraction(
  tx: Tx,
  caller: Caller,
  o: { interactionId: string; version: number },
): Promise<InteractionRow> {
  const row = await getInteraction(tx, o.interactionId);
  if (row.owner_id !== caller.userId && !may(caller, "interactions.assign"))
    throw new AppError(
      caller.queueIds.includes(row.queue_id) ? "forbidden" : "not_found",
      "not your interaction",
    );
  if (row.version !== o.version) throw new AppError("conflict", "the interaction has changed meanwhile");
  return row;
}
