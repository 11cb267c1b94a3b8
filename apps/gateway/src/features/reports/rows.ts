import {
  AppError,
  type CommandOutput,
  type CommandParsed,
  countOf,
  piecesOf,
  type ReportQuestion,
  type ReportSegment,
  type ReportStretch,
  SegmentMeasure,
  type StretchTime,
  sharesOf,
  stretchTimes,
} from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import type { NumberedPlace } from "../../store/place.ts";
import { placeOfSegment, placeOfStretch, segmentPages, stretchPages } from "./facts.ts";
import { questionWithTeams } from "./question.ts";

/** Facts looked at for one answer; a rare number gives a short page and a place to go on from. */
const MOST_LOOKED_AT = 20_000;

type Rows = CommandParsed<"report.rows">;

/** The facts behind one number, newest first. */
export async function rows(ctx: Ctx, input: Rows): Promise<CommandOutput<"report.rows">> {
  const question = await questionWithTeams(ctx, { ...input, groupBy: input.group?.by ?? "day" });
  const inGroup = (key: string | null): boolean => !input.group || input.group.key === key;
  const time = {
    from: question.from,
    to: question.to,
    way: "newest",
    after: readPlace(input.cursor),
  } as const;
  const measure = SegmentMeasure.safeParse(input.measure);
  if (measure.success) {
    const fits = (s: ReportSegment): boolean =>
      sharesOf(s, question).some((part) => inGroup(part.key) && countOf(part, measure.data, question) > 0);
    const found = await take(segmentPages(ctx, time), { fits, limit: input.limit, placeOf: placeOfSegment });
    return { segments: found.facts, stretches: [], next: found.next };
  }
  const counts = stretchTimes[input.measure as StretchTime];
  const fits = (s: ReportStretch): boolean => counts(s) && hasPiece(s, question, inGroup);
  const found = await take(stretchPages(ctx, time), { fits, limit: input.limit, placeOf: placeOfStretch });
  return { segments: [], stretches: found.facts, next: found.next };
}

const hasPiece = (s: ReportStretch, q: ReportQuestion, inGroup: (key: string | null) => boolean): boolean =>
  piecesOf(s, q).some(({ key }) => inGroup(key));

async function take<T>(
  pages: AsyncIterable<readonly T[]>,
  o: { fits: (fact: T) => boolean; limit: number; placeOf: (fact: T) => NumberedPlace },
): Promise<{ facts: T[]; next: string | null }> {
  const facts: T[] = [];
  let looked = 0;
  let last: T | undefined;
  for await (const page of pages)
    for (const fact of page) {
      // There is more, or at least more to look at.
      if (last !== undefined && (facts.length === o.limit || looked >= MOST_LOOKED_AT))
        return { facts, next: writePlace(o.placeOf(last)) };
      if (o.fits(fact)) facts.push(fact);
      looked++;
      last = fact;
    }
  return { facts, next: null };
}

const writePlace = ({ at, id }: NumberedPlace): string => `${at}_${id}`;

function readPlace(cursor: string | undefined): NumberedPlace | undefined {
  if (cursor === undefined) return undefined;
  const [, at, id] = /^(\d{1,15})_(\d{1,15})$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined)
    throw new AppError("invalid_input", "not a cursor of this list", { field: "cursor" });
  return { at: Number(at), id: Number(id) };
}
