import {
  type CommandOutput,
  type CommandParsed,
  countSegment,
  countStretch,
  emptyTally,
  hasStretches,
  rowsOf,
} from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { segmentPages, stretchPages } from "./facts.ts";
import { catchUp } from "./follow.ts";
import { questionWithTeams } from "./question.ts";

/** Counts the facts of some days into groups. */
export async function query(
  ctx: Ctx,
  input: CommandParsed<"report.query">,
): Promise<CommandOutput<"report.query">> {
  const complete = await catchUp(ctx);
  const question = await questionWithTeams(ctx, input);
  const tally = emptyTally();
  // Whoever is in two teams is in both groups, and once in the total.
  const once = question.groupBy === "team" ? emptyTally() : null;
  const whole = { ...question, groupBy: "agent" } as const;
  const time = { from: question.from, to: question.to, way: "oldest" } as const;
  for await (const page of segmentPages(ctx, time))
    for (const s of page) {
      countSegment(tally, s, question);
      if (once) countSegment(once, s, whole);
    }
  if (hasStretches(question))
    for await (const page of stretchPages(ctx, time))
      for (const s of page) {
        countStretch(tally, s, question);
        if (once) countStretch(once, s, whole);
      }
  const { rows, total } = rowsOf(tally);
  return {
    rows,
    total: once ? rowsOf(once).total : total,
    timeZone: question.timeZone,
    at: question.at,
    complete,
  };
}
