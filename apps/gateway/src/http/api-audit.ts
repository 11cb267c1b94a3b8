import { Readable } from "node:stream";
import { AuditFilter } from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../context.ts";
import { assertMay } from "../features/access.ts";
import { audit, auditCsv } from "../features/audit/index.ts";
import type { Api } from "./api.ts";
import { callerOf } from "./caller.ts";
import { disposition } from "./disposition.ts";

const time = z.coerce.number().int().nonnegative().optional();
const Query = AuditFilter.extend({
  from: time.describe("First moment, in milliseconds since 1970"),
  until: time.describe("The first moment that is not wanted any more"),
});

/** The audit as a file. That it was taken is noted in it. */
export function auditRoutes(api: Api, ctx: Ctx): void {
  api.get(
    "/audit.csv",
    { schema: { tags: ["audit"], summary: "Who did what and when, newest first", querystring: Query } },
    async (request, reply) => {
      const caller = await callerOf(ctx, request);
      assertMay(caller, "audit.read");
      const detail = request.query;
      await ctx.store.write((tx) =>
        audit(tx, ctx, { by: caller, action: "audit.exported", target: "audit", detail }),
      );
      reply.header("cache-control", "no-store");
      reply.header("content-disposition", disposition({ kind: "file", name: "audit.csv" }));
      return reply.type("text/csv; charset=utf-8").send(Readable.from(auditCsv(ctx, detail)));
    },
  );
}
