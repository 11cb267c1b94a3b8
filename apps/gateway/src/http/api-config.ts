import { ConfigFile, ConfigPlan } from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../context.ts";
import { assertMay } from "../features/access.ts";
import { exportConfig, importConfig } from "../features/config/index.ts";
import type { Api } from "./api.ts";
import { callerOf } from "./caller.ts";
import { disposition } from "./disposition.ts";

const MOST_BYTES = 16 * 1024 * 1024;

const Query = z.strictObject({
  apply: z.enum(["0", "1"]).default("0").describe("`0`: only tell what would be done"),
});

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
      assertMay(caller, "people.manage");
      reply.header("cache-control", "no-store");
      reply.header("content-disposition", disposition({ kind: "file", name: "tongdai-config.json" }));
      return exportConfig(ctx, caller);
    },
  );
  api.post(
    "/config",
    {
      bodyLimit: MOST_BYTES,
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
      assertMay(caller, "people.manage");
      return importConfig(ctx, caller, { file: request.body, apply: request.query.apply === "1" });
    },
  );
}
