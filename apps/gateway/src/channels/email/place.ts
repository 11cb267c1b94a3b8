import { z } from "zod";

/** How far a folder has been kept, and what a folder is known again by. Source: RFC 9051, 2.3.1.1. */
export const Place = z.object({
  uidValidity: z.string(),
  /** Everything up to here has been kept. */
  uid: z.number(),
  /** When the newest of what was kept came to the server, epoch milliseconds; 0: nothing was. */
  newest: z.number(),
  /** When the folder was first looked at: what came before is history and nobody's work. */
  since: z.number(),
});
export type Place = z.infer<typeof Place>;

export const writePlace = (place: Place): string => JSON.stringify(place);

/** `null` for what is no place: the folder is then looked at as for the first time. */
export function readPlace(kept: string | null): Place | null {
  if (kept === null) return null;
  try {
    return Place.parse(JSON.parse(kept));
  } catch {
    return null;
  }
}
