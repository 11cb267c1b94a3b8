import type { Handlers } from "../../realtime/handler.ts";
import { listLine } from "./line.ts";

export { type Floor, runFloor } from "./run-floor.ts";

export const handlers = {
  "floor.line": (ctx, _caller, { queueId }) => listLine(ctx, queueId),
} satisfies Pick<Handlers, "floor.line">;
