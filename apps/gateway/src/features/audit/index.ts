import type { Handlers } from "../../realtime/handler.ts";
import { listAudit } from "./list.ts";

export { auditCsv } from "./csv.ts";
export { type Actor, audit } from "./record.ts";

export const handlers = {
  "audit.list": (ctx, _caller, input) => listAudit(ctx, input),
} satisfies Pick<Handlers, "audit.list">;
