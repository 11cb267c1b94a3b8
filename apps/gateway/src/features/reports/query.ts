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
import { questionOf } from "./question.ts";

/** Counts the facts of some days into groups. */
export async function query(
  ctx: Ctx,
  input: CommandParsed<"report.query">,
): Promise<CommandOutput<"report.query">> {
  const complete = await catchUp(ctx);
  const question = questionOf(ctx, input);
  const tally = emptyTally();
  const time = { from: question.from, to: question.to, way: "oldest" } as const;
  for await (const page of segmentPages(ctx, time)) for (const s of page) countSegment(tally, s, question);
  if (hasStretches(question))
    for await (const page of stretchPages(ctx, time)) for (const s of page) countStretch(tally, s, question);
  return { ...rowsOf(tally), timeZone: question.timeZone, at: question.at, complete };
}
