import type { Handlers } from "../../realtime/handler.ts";
import { listLine } from "./line.ts";
import { listNotices } from "./notices.ts";

export { type Floor, runFloor } from "./run-floor.ts";

export const handlers = {
  "floor.line": (ctx, _caller, { queueId }) => listLine(ctx, queueId),
  "floor.notices": (ctx) => listNotices(ctx),
} satisfies Pick<Handlers, "floor.line" | "floor.notices">;
