import { sql } from "kysely";

/** Where a list goes on that is ordered by a time, or another number, and by id where that is the same. */
export interface Place {
  readonly at: number;
  readonly id: string;
}

/** The same where ids are numbers. */
export interface NumberedPlace {
  readonly at: number;
  readonly id: number;
}

/** Whether a row lies before or after a place, by its two columns. The first half is what an index seeks by. */
export function beyond(
  [at, id]: readonly [at: string, id: string],
  way: "<" | ">",
  place: Place | NumberedPlace,
) {
  const past = sql.raw(way);
  return sql<boolean>`(${sql.ref(at)} ${past}= ${place.at}
    and (${sql.ref(at)} ${past} ${place.at} or ${sql.ref(id)} ${past} ${place.id}))`;
}
