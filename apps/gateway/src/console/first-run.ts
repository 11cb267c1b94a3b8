import type { Ctx } from "../context.ts";
import { seedDemo } from "../features/demo/index.ts";
import { createUser } from "../features/users/index.ts";
import { toUser } from "../presenters/people.ts";
import { allUsers } from "../store/people.ts";

/** Gives an empty store its first people: the demo's, or the administrator of the environment, or a hint in the log. */
export async function firstRun(ctx: Ctx): Promise<void> {
  if (ctx.config.demo) return seedDemo(ctx);
  const users = (await allUsers(ctx.store)).map(toUser);
  if (users.some((u) => u.roles.includes("admin") && !u.disabled)) return;
  const { admin } = ctx.config;
  if (!admin) {
    ctx.log.warn("nobody can log in yet: npm run admin -- create-user --username NAME --role admin");
    return;
  }
  await createUser(ctx, null, {
    username: admin.username,
    name: admin.username,
    password: admin.password,
    roles: ["admin"],
  });
  ctx.log.info("the administrator of the environment was made");
}
