import { type Hours, OutOfHours, Spans, SpecialDay } from "@tongdai/shared";
import { z } from "zod";
import { fromJson } from "../store/json.ts";
import type { HoursRow, QueueRow } from "../store/schema.ts";

const Weekly = z.array(Spans);
const Days = z.array(SpecialDay);

export const toHours = (r: HoursRow): Hours => ({
  id: r.id,
  version: r.version,
  name: r.name,
  timeZone: r.time_zone,
  weekly: fromJson(Weekly, r.weekly),
  days: fromJson(Days, r.days),
});

const silent: OutOfHours = { reply: null, action: "hold" };

export const outOfHoursOf = (r: Pick<QueueRow, "out_of_hours">): OutOfHours =>
  r.out_of_hours === null ? silent : fromJson(OutOfHours, r.out_of_hours);
