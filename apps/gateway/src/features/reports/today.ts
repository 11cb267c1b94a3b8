import {
  addDays,
  type DayFigures,
  type DayOf,
  dateOf,
  dayFigures,
  RECENT_MS,
  type ReportDefinition,
  startOfDate,
} from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { changedSegments, changedStretches } from "../../store/reports.ts";
import { changedPages, segmentPages, stretchPages } from "./facts.ts";
import { catchUp } from "./follow.ts";
import { type FactsPosition, factsPosition } from "./project.ts";

/** The day's numbers as far as the facts have come. */
export interface Today {
  readonly date: string;
  readonly definition: ReportDefinition;
  readonly figures: DayFigures;
  readonly position: FactsPosition;
}

/**
 * The numbers of the day that it is now. What `was` knows is not read again, unless the day, the definition or the facts
 * themselves have begun anew. `null`: nothing is reckoned yet.
 */
export async function readToday(
  ctx: Ctx,
  was: Today | null,
  definition: ReportDefinition,
): Promise<Today | null> {
  await catchUp(ctx);
  // The position first: what is changed meanwhile is read again next time.
  const position = await factsPosition(ctx);
  if (!position) return null;
  const date = dateOf(ctx.clock.now(), ctx.config.timeZone);
  const goesOn =
    was?.date === date &&
    was.definition === definition &&
    was.position.rules === position.rules &&
    was.position.seq <= position.seq;
  if (!goesOn) return { date, definition, position, figures: await fromStart(ctx, { date, definition }) };
  const span = { after: was.position.seq, upto: position.seq };
  for await (const page of changedPages(ctx, { ...span, read: changedSegments }))
    for (const s of page) was.figures.putSegment(s);
  for await (const page of changedPages(ctx, { ...span, read: changedStretches }))
    for (const s of page) was.figures.putStretch(s);
  return { ...was, position };
}

async function fromStart(
  ctx: Ctx,
  { date, definition }: { date: string; definition: ReportDefinition },
): Promise<DayFigures> {
  const { timeZone } = ctx.config;
  const day: DayOf = {
    definition,
    timeZone,
    from: startOfDate(date, timeZone),
    to: startOfDate(addDays(date, 1), timeZone),
  };
  const figures = dayFigures(day);
  const time = { from: day.from, to: day.to, way: "oldest" } as const;
  const from = Math.min(day.from, ctx.clock.now() - RECENT_MS - 60_000);
  for await (const page of segmentPages(ctx, { ...time, from })) for (const s of page) figures.putSegment(s);
  for await (const page of stretchPages(ctx, time)) for (const s of page) figures.putStretch(s);
  return figures;
}
