import {
  AppError,
  addDays,
  type ReportDefinition,
  type ReportFilter,
  type ReportGroup,
  type ReportQuestion,
  startOfDate,
  teamsAt,
} from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { teamChanges } from "../../store/team-changes.ts";
import { allTeams } from "../../store/teams.ts";

const MOST_DAYS = 100;

/** Days in the contact centre's calendar as moments. Throws `invalid_input`. */
export function questionOf(
  ctx: Ctx,
  o: {
    from: string;
    to: string;
    filter: ReportFilter;
    definition: ReportDefinition;
    groupBy: ReportGroup;
  },
): ReportQuestion {
  const { timeZone } = ctx.config;
  if (o.to < o.from || o.to >= addDays(o.from, MOST_DAYS))
    throw new AppError("invalid_input", `ask for 1 to ${MOST_DAYS} days`, { field: "to" });
  return {
    definition: o.definition,
    filter: o.filter,
    groupBy: o.groupBy,
    from: startOfDate(o.from, timeZone),
    to: startOfDate(addDays(o.to, 1), timeZone),
    at: ctx.clock.now(),
    timeZone,
  };
}

/** As `questionOf`, with who was in which team when, for groups of teams. */
export async function questionWithTeams(
  ctx: Ctx,
  o: Parameters<typeof questionOf>[1],
): Promise<ReportQuestion> {
  const question = questionOf(ctx, o);
  if (o.groupBy !== "team") return question;
  return { ...question, teamsAt: teamsAt(await teamChanges(ctx.store), await allTeams(ctx.store)) };
}
