import type { Handlers } from "../../realtime/handler.ts";
import { registerPhone } from "./phone.ts";

export { runDesk } from "./desk.ts";
export { forgetPhones } from "./phone.ts";

export const handlers = {
  "phone.register": (ctx, caller) => registerPhone(ctx, caller),
  "call.list": async () => ({ calls: [] }),
} satisfies Partial<Handlers>;
