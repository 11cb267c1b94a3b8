import type { Handlers } from "../../realtime/handler.ts";
import { saveCapacity } from "./capacity.ts";

export const handlers = {
  "capacity.save": (ctx, caller, input) => saveCapacity(ctx, caller, input),
} satisfies Pick<Handlers, "capacity.save">;
