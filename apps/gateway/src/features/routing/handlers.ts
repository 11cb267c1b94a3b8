import type { Handlers } from "../../realtime/handler.ts";
import { saveCapacity } from "./capacity.ts";
import { explainWaiting } from "./explain-waiting.ts";

export const handlers = {
  "capacity.save": (ctx, caller, input) => saveCapacity(ctx, caller, input),
  "interaction.explain": (ctx, caller, { interactionId }) => explainWaiting(ctx, caller, interactionId),
} satisfies Pick<Handlers, "capacity.save" | "interaction.explain">;
