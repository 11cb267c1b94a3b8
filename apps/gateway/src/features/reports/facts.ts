import type { ReportSegment, ReportStretch } from "@tongdai/shared";
import { breathe } from "../../store/breathe.ts";
import type { Queryable } from "../../store/index.ts";
import type { NumberedPlace } from "../../store/place.ts";
import {
  type ChangedPage,
  type FactPage,
  segmentsWithin,
  stretchesAt,
  stretchesWithin,
} from "../../store/reports.ts";

/** Facts a look, so that no look holds anybody up. */
const PAGE = 120;

interface Time {
  readonly from: number;
  readonly to: number;
  readonly way: FactPage["way"];
  /** Goes on behind this place. */
  readonly after?: NumberedPlace | undefined;
}

/** Where facts are read from: the gateway's store, or one that is only read. */
interface Source {
  readonly store: Queryable;
}

/** Segments that arrived in a time, page by page. */
export const segmentPages = ({ store }: Source, time: Time): AsyncGenerator<ReportSegment[]> =>
  pages(time, (page) => segmentsWithin(store, page), placeOfSegment);

/** Stretches that touch a time, page by page; those that were going on when it began come where they began. */
export async function* stretchPages({ store }: Source, time: Time): AsyncGenerator<ReportStretch[]> {
  const { from, way, after } = time;
  const isWithin = after === undefined || after.at >= from;
  const within = (behind: Time["after"]) =>
    pages({ ...time, after: behind }, (page) => stretchesWithin(store, page), placeOfStretch);
  const earlier = (behind: Time["after"]) =>
    pages({ ...time, after: behind }, (page) => stretchesAt(store, page), placeOfStretch);
  if (way === "newest") {
    if (isWithin) yield* within(after);
    yield* earlier(isWithin ? undefined : after);
  } else {
    if (after === undefined || !isWithin) yield* earlier(after);
    yield* within(isWithin ? after : undefined);
  }
}

/** Facts that changed while the journal was read from one number to another, page by page in the order of their beginning. */
export async function* changedPages<T extends { readonly id: number }>(
  { store }: Source,
  o: { after: number; upto: number; read: (q: Queryable, page: ChangedPage) => Promise<T[]> },
): AsyncGenerator<T[]> {
  for (let behindId = 0; ; ) {
    const page = await o.read(store, { after: o.after, upto: o.upto, behindId, limit: PAGE });
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    behindId = page.at(-1)?.id ?? behindId;
    await breathe();
  }
}

export const placeOfSegment = (s: ReportSegment): NumberedPlace => ({ at: s.arrivedAt, id: s.id });
export const placeOfStretch = (s: ReportStretch): NumberedPlace => ({ at: s.from, id: s.id });

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
