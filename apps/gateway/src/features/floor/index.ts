import type { Handlers } from "../../realtime/handler.ts";
import { saveDefinition } from "./definition.ts";
import { listLine } from "./line.ts";
import { listNotices } from "./notices.ts";
import { saveThresholds } from "./thresholds.ts";

export { readDefinition } from "./definition.ts";
export { type Floor, runFloor } from "./run-floor.ts";
export { readThresholds } from "./thresholds.ts";

export const handlers = {
  "floor.line": (ctx, _caller, { queueId }) => listLine(ctx, queueId),
  "floor.notices": (ctx) => listNotices(ctx),
  "floor.set_thresholds": (ctx, caller, input) => saveThresholds(ctx, caller, input),
  "floor.define": (ctx, caller, { definition }) => saveDefinition(ctx, caller, definition),
} satisfies Pick<Handlers, "floor.line" | "floor.notices" | "floor.define" | "floor.set_thresholds">;
