import { type CommandOutput, dateOf, FloorNotice, startOfDate } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { noticesSince } from "../../store/journal.ts";

const LIMIT = 100;

/** What supervisors were told of agents today. */
export async function listNotices(ctx: Ctx): Promise<CommandOutput<"floor.notices">> {
  const { timeZone } = ctx.config;
  const from = startOfDate(dateOf(ctx.clock.now(), timeZone), timeZone);
  const entries = await noticesSince(ctx.store, from, LIMIT);
  return { notices: entries.map((entry) => FloorNotice.parse(entry)) };
}
