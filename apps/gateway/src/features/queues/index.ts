import type { Handlers } from "../../realtime/handler.ts";
import { saveQueue } from "./save-queue.ts";

export { restaff } from "./restaff.ts";
export { saveQueue } from "./save-queue.ts";

export const handlers = {
  "queue.save": async (ctx, caller, input) => ({ queue: await saveQueue(ctx, caller, input) }),
} satisfies Pick<Handlers, "queue.save">;
