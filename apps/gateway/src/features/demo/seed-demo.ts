import type { Ctx } from "../../context.ts";
import { allUsers } from "../../store/people.ts";
import { saveAccount } from "../channel-accounts/index.ts";
import { saveQueue } from "../queues/index.ts";
import { createUser } from "../users/index.ts";
import { type Demo, demo } from "./demo-file.ts";

const DISPOSITIONS = ["Đã giải quyết", "Cần theo dõi", "Khách không trả lời", "Nhầm trang"];

/** Fills an empty store with the demo's people, queues and pages; a store with anybody in it is left alone. */
export async function seedDemo(ctx: Ctx): Promise<void> {
  if ((await allUsers(ctx.store)).length > 0) return;
  const userIds = new Map<string, string>();
  for (const { username, name, roles } of demo.users) {
    const user = await createUser(ctx, null, { username, name, roles, password: demo.password });
    userIds.set(username, user.id);
  }
  const queueIds = await seedQueues(ctx, userIds);
  for (const app of demo.facebook.apps) await seedPages(ctx, app, queueIds);
}

async function seedQueues(ctx: Ctx, userIds: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const name of new Set(demo.facebook.apps.flatMap((a) => a.pages.map((p) => p.queue)))) {
    const members = demo.users.filter((u) => u.queues.includes(name));
    const queue = await saveQueue(ctx, null, {
      id: null,
      name,
      memberIds: members.flatMap((u) => userIds.get(u.username) ?? []),
      offerSeconds: 30,
      wrapUpSeconds: 120,
      dispositions: DISPOSITIONS,
    });
    ids.set(name, queue.id);
  }
  return ids;
}

async function seedPages(
  ctx: Ctx,
  app: Demo["facebook"]["apps"][number],
  queueIds: ReadonlyMap<string, string>,
): Promise<void> {
  for (const page of app.pages)
    await saveAccount(ctx, null, {
      id: null,
      channel: "facebook",
      name: page.name,
      queueId: queueIds.get(page.queue) ?? "",
      enabled: true,
      config: {
        appId: app.appId,
        appSecret: app.appSecret,
        verifyToken: app.verifyToken,
        pageId: page.pageId,
        pageToken: page.token,
        graphUrl: ctx.config.simulatorUrl,
      },
    });
}
