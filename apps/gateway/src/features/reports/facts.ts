import type { ReportSegment, ReportStretch } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { breathe } from "../../store/breathe.ts";
import type { NumberedPlace } from "../../store/place.ts";
import { type FactPage, segmentsWithin, stretchesAt, stretchesWithin } from "../../store/reports.ts";

/** Facts a look, so that no look holds anybody up. */
const PAGE = 120;

interface Time {
  readonly from: number;
  readonly to: number;
  readonly way: FactPage["way"];
  /** Goes on behind this place. */
  readonly after?: NumberedPlace | undefined;
}

/** Segments that arrived in a time, page by page. */
export const segmentPages = (ctx: Ctx, time: Time): AsyncGenerator<ReportSegment[]> =>
  pages(time, (page) => segmentsWithin(ctx.store, page), placeOfSegment);

/** Stretches that touch a time, page by page; those that were going on when it began come where they began. */
export async function* stretchPages(ctx: Ctx, time: Time): AsyncGenerator<ReportStretch[]> {
  const earlier = async () => {
    const { after } = time;
    const all = await stretchesAt(ctx.store, time.from);
    return time.way === "newest" && after ? all.filter((s) => isBehind(placeOfStretch(s), after)) : all;
  };
  const within = pages(time, (page) => stretchesWithin(ctx.store, page), placeOfStretch);
  if (time.way === "oldest" && !time.after) yield (await earlier()).reverse();
  yield* within;
  if (time.way === "newest") yield await earlier();
}

export const placeOfSegment = (s: ReportSegment): NumberedPlace => ({ at: s.arrivedAt, id: s.id });
export const placeOfStretch = (s: ReportStretch): NumberedPlace => ({ at: s.from, id: s.id });

const isBehind = (a: NumberedPlace, b: NumberedPlace): boolean =>
  a.at < b.at || (a.at === b.at && a.id < b.id);

async function* pages<T>(
  time: Time,
  read: (page: FactPage) => Promise<T[]>,
  placeOf: (fact: T) => NumberedPlace,
): AsyncGenerator<T[]> {
  let { after } = time;
  for (;;) {
    const page = await read({ ...time, after, limit: PAGE });
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (page.length < PAGE || last === undefined) return;
    after = placeOf(last);
    await breathe();
  }
}
