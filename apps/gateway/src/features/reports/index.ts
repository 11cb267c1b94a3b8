import type { Handlers } from "../../realtime/handler.ts";
import { agentHistory } from "./agent-history.ts";
import { query } from "./query.ts";
import { rows } from "./rows.ts";

export { csv } from "./csv.ts";
export { segmentPages, stretchPages } from "./facts.ts";
export { catchUp, followJournal } from "./follow.ts";
export { factsBehind } from "./project.ts";
export { questionOf } from "./question.ts";
export { readToday, type Today } from "./today.ts";

export const handlers = {
  "report.query": (ctx, _caller, input) => query(ctx, input),
  "report.rows": (ctx, _caller, input) => rows(ctx, input),
  "agent.history": (ctx, caller, { userId }) => agentHistory(ctx, caller, userId),
} satisfies Pick<Handlers, "report.query" | "report.rows" | "agent.history">;
