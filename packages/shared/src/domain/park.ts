import type { Hours } from "../contract/hours.ts";
import { nextOpening } from "./hours.ts";
import { zoneOffset } from "./zone.ts";

const DAY = 86_400_000;

/** Work may be put aside for so long; what takes longer is a ticket. */
export const PARK_MAX_MS = 60 * DAY;

/** When these hours open the next time on a day after today; `null`: not soon. */
export function openingAfterToday(
  hours: Pick<Hours, "timeZone" | "weekly" | "days">,
  now: number,
): number | null {
  const ahead = zoneOffset(hours.timeZone, now);
  const midnight = (Math.floor((now + ahead) / DAY) + 1) * DAY;
  return nextOpening(hours, midnight - zoneOffset(hours.timeZone, midnight - ahead));
}
