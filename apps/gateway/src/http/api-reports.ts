import { Readable } from "node:stream";
import { ReportDate, ReportDefinition, ReportFilter } from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../context.ts";
import { assertMay } from "../features/access.ts";
import { csv, questionOf } from "../features/reports/index.ts";
import type { Api } from "./api.ts";
import { callerOf } from "./caller.ts";
import { disposition } from "./disposition.ts";

const Query = z.strictObject({
  from: ReportDate.describe("First day, by the contact centre's calendar"),
  to: ReportDate.describe("Last day; a hundred days at most"),
  of: z
    .enum(["segments", "stretches"])
    .default("segments")
    .describe("`segments`: work; `stretches`: agents' time in states"),
  ...ReportFilter.shape,
});

/** The facts behind the numbers, for spreadsheets and programs of the house. */
export function reportRoutes(api: Api, ctx: Ctx): void {
  api.get(
    "/reports/facts.csv",
    { schema: { tags: ["report"], summary: "The facts behind the numbers of reports", querystring: Query } },
    async (request, reply) => {
      const caller = await callerOf(ctx, request);
      assertMay(caller, "reports.see");
      const { of, from, to, ...filter } = request.query;
      const definition = ReportDefinition.parse({});
      const question = questionOf(ctx, { from, to, filter, definition, groupBy: "day" });
      const lines = await csv(ctx, { of, question });
      reply.header("cache-control", "no-store");
      reply.header("content-disposition", disposition({ kind: "file", name: `${of}-${from}-${to}.csv` }));
      return reply.type("text/csv; charset=utf-8").send(Readable.from(lines));
    },
  );
}
