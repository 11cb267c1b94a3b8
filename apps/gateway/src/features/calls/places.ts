import type { Ctx } from "../../context.ts";
import { interactionById } from "../../store/interactions.ts";
import { countAhead } from "../../store/waiting.ts";
import { wakeable } from "../../wakeable.ts";

/** A place further back is not counted out. */
const FURTHEST = 1_000;

/** Tells callers their places in the line, whenever the line may have moved. @param callOf calls by interaction */
export function placesOf(ctx: () => Ctx, callOf: ReadonlyMap<string, string>) {
  const told = new Map<string, number>();
  const looker = wakeable({
    name: "places of callers",
    deps: ctx,
    async pass() {
      for (const callId of told.keys()) if (![...callOf.values()].includes(callId)) told.delete(callId);
      for (const [interactionId, callId] of callOf) {
        const row = await interactionById(ctx().store, interactionId);
        if (row?.state !== "waiting") continue;
        const position = (await countAhead(ctx().store, row, FURTHEST)) + 1;
        if (told.get(callId) === position) continue;
        told.set(callId, position);
        ctx().telephony?.queued(callId, position);
      }
      return null;
    },
  });
  return { look: looker.wake, idle: looker.idle, close: looker.close };
}
