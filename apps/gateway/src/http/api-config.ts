import { ConfigFile, ConfigPlan } from "@tongdai/shared";
import { z } from "zod";
import type { Caller, Ctx } from "../context.ts";
import { exportConfig, importConfig } from "../features/config/index.ts";
import type { Api } from "./api.ts";
import { callerOf, requirePermission } from "./caller.ts";
import { disposition } from "./disposition.ts";

const Query = z.strictObject({
  apply: z.enum(["0", "1"]).default("0").describe("`0`: only tell what would be done"),
});

function requireAll(caller: Caller): void {
  requirePermission(caller, "people.manage");
  requirePermission(caller, "webhooks.manage");
}

/** The configuration as one file, out and in. */
export function configRoutes(api: Api, ctx: Ctx): void {
  const tags = ["config"];
  api.get(
    "/config.json",
    {
      schema: {
        tags,
        summary: "The configuration without people and secrets",
        response: { 200: ConfigFile },
      },
    },
    async (request, reply) => {
      const caller = await callerOf(ctx, request);
      requireAll(caller);
      reply.header("cache-control", "no-store");
      reply.header("content-disposition", disposition({ kind: "file", name: "tongdai-config.json" }));
      return exportConfig(ctx, caller);
    },
  );
  api.post(
    "/config",
    {
      schema: {
        tags,
        summary: "Bring a configuration in, all of it or nothing",
        querystring: Query,
        body: z.unknown(),
        response: { 200: ConfigPlan },
      },
    },
    async (request) => {
      const caller = await callerOf(ctx, request);
      requireAll(caller);
      return importConfig(ctx, caller, { file: request.body, apply: request.query.apply === "1" });
    },
  );
}
