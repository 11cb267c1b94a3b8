import { z } from "zod";
import { command } from "./command.ts";
import {
  ReportDate,
  ReportDefinition,
  ReportFilter,
  ReportGroup,
  ReportRow,
  ReportSegment,
  ReportStretch,
  ReportSums,
  SegmentMeasure,
  StretchTime,
} from "./reports.ts";
import { Cursor, Millis, PageSize } from "./scalars.ts";

const question = {
  /** Days of the contact centre's calendar, both included, a hundred at most. */
  from: ReportDate,
  to: ReportDate,
  filter: ReportFilter.default({}),
  definition: ReportDefinition.prefault({}),
};

export const reportCommands = {
  /** Work by when it arrived, agents' time by when it passed. */
  "report.query": command(
    "reports.see",
    z.strictObject({ ...question, groupBy: ReportGroup }),
    z.object({
      rows: z.array(ReportRow),
      total: ReportSums,
      timeZone: z.string(),
      /** When it was reckoned: what waits has waited until here. */
      at: Millis,
      /** False: older journal rows are still being read, ask again. */
      complete: z.boolean(),
    }),
  ),
  /** The facts behind one number, newest first. `key`: of one group; left out: of the total. */
  "report.rows": command(
    "reports.see",
    z.strictObject({
      ...question,
      group: z.strictObject({ by: ReportGroup, key: z.string().max(80).nullable() }).optional(),
      measure: z.union([SegmentMeasure, StretchTime]),
      cursor: Cursor.optional(),
      limit: PageSize,
    }),
    z.object({
      segments: z.array(ReportSegment),
      stretches: z.array(ReportStretch),
      next: Cursor.nullable(),
    }),
  ),
};
