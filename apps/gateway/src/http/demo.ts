import { AppError, BuiltInRole } from "@tongdai/shared";
import { z } from "zod";
import type { Ctx } from "../context.ts";
import { demo } from "../features/demo/index.ts";
import type { Api } from "./api.ts";

const DemoUsers = z.object({
  users: z.array(z.object({ username: z.string(), name: z.string(), roles: z.array(BuiltInRole) })),
  password: z.string(),
});

/** Who may be played, and with which password: on a demo gateway only. */
export function demoRoutes(api: Api, ctx: Ctx): void {
  api.get(
    "/demo",
    {
      schema: {
        tags: ["demo"],
        summary: "The people of the demo",
        security: [],
        response: { 200: DemoUsers },
      },
    },
    async () => {
      if (!ctx.config.demo) throw new AppError("not_found", "this is no demo");
      const users = demo.users.map(({ username, name, roles }) => ({ username, name, roles }));
      return { users, password: demo.password };
    },
  );
}
