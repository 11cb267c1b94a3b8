import {
  commands,
  defaultQueueRules,
  defaultStateRules,
  defaultThresholds,
  ReportDefinition,
} from "@tongdai/shared";
import { sql } from "kysely";
import { handlers as cannedReplies } from "../features/canned-replies/index.ts";
import { handlers as accounts } from "../features/channel-accounts/index.ts";
import { handlers as floor } from "../features/floor/index.ts";
import { handlers as hours } from "../features/hours/index.ts";
import { handlers as interactions } from "../features/interactions/index.ts";
import { handlers as queues } from "../features/queues/index.ts";
import { handlers as skills } from "../features/skills/index.ts";
import { handlers as teams } from "../features/teams/index.ts";
import { createUser, handlers as people } from "../features/users/index.ts";
import { handlers as webhooks } from "../features/webhooks/index.ts";
import { person, scene } from "./scene.ts";
import type { TestCtx } from "./test-ctx.ts";

/** Thresholds, service level and canned replies are the supervisor's. */
export const whole = (ctx: TestCtx) => person(ctx, { roles: ["admin", "supervisor"], queueIds: [] });

export const page = {
  appId: "11",
  appSecret: "s3cret-of-app",
  verifyToken: "our-word",
  pageId: "22",
  pageToken: "EAAtoken",
};

/** A little of everything, that names each other. */
export async function setUp(ctx: TestCtx) {
  const by = await whole(ctx);
  const s = { ...(await scene(ctx)), admin: by };
  await ctx.store.write((tx) => tx.db.deleteFrom("channel_account").execute());
  const lead = await people["role.save"](
    ctx,
    by,
    commands["role.save"].input.parse({ name: "Trưởng ca", permissions: ["work", "floor.see"] }),
  );
  const limits = { call: 1, chat: 4, mail: 2 };
  const lan = (
    await createUser(ctx, null, {
      username: "lan",
      name: "Lan",
      password: "mat khau dai",
      roles: ["agent", lead.role.id],
      limits,
    })
  ).id;
  // Whoever works has a state, and nobody is called by an id.
  await ctx.store.write((tx) =>
    tx.db
      .updateTable("user")
      .set((e) => ({ username: sql`'u-' || ${e.ref("id")}`, name: sql`'n ' || ${e.ref("id")}` }))
      .where("username", "=", (e) => e.ref("id"))
      .execute(),
  );
  for (const { id, roles } of await ctx.store.db.selectFrom("user").select(["id", "roles"]).execute())
    await people["user.update"](ctx, by, { userId: id, roles: JSON.parse(roles) });
  const { skill } = await skills["skill.save"](ctx, by, { id: null, name: "Hoá đơn" });
  await people["user.update"](ctx, by, { userId: lan, skills: { [skill.id]: 4 } });
  const week = commands["hours.save"].input.parse({
    name: "Hành chính",
    timeZone: "Asia/Ho_Chi_Minh",
    weekly: [[[480, 1_020]], [], [], [], [], [], []],
    days: [],
  });
  const open = await hours["hours.save"](ctx, by, week);
  const { team } = await teams["team.save"](
    ctx,
    by,
    commands["team.save"].input.parse({ name: "Ca sáng", memberIds: [lan] }),
  );
  const [ring] = defaultQueueRules.rings;
  const rules = {
    ...defaultQueueRules,
    rings: [{ ...ring, needs: [{ skillId: skill.id, level: 2 }] }],
    overflow: [{ queueId: s.warranty, afterMs: 60_000, longerThan: 5 }],
  };
  const input = commands["queue.save"].input.safeParse({
    id: s.care,
    name: "Chăm sóc khách hàng",
    memberIds: [lan],
    teamIds: [team.id],
    hoursId: open.hours.id,
    dispositions: [{ name: "Xong", resolved: true }],
    rules,
  });
  if (!input.success) throw input.error;
  await queues["queue.save"](ctx, by, input.data);
  const thresholds = { ...defaultThresholds, waiting: { warn: 3, alarm: 6 } };
  await floor["floor.set_thresholds"](ctx, by, { queueId: s.care, was: defaultThresholds, thresholds });
  await floor["floor.define"](ctx, by, { definition: ReportDefinition.parse({ targetSeconds: 45 }) });
  const agent = { id: "agent", name: "x", permissions: ["work", "agents.see", "reports.see"] };
  await people["role.save"](ctx, by, commands["role.save"].input.parse(agent));
  const prayer = { id: null, name: { vi: "Đi lễ", en: "Prayer" }, maxMinutes: 20, retired: false };
  const { reasons, ...states } = defaultStateRules;
  await interactions["state_rules.save"](ctx, by, { ...states, reasons: [...reasons, prayer] });
  await cannedReplies["canned_reply.save"](ctx, by, { id: null, shortcut: "chao", text: "Chào anh/chị" });
  await cannedReplies["canned_reply.save"](ctx, by, { id: null, shortcut: "ai", text: "@user:lan" });
  const account = {
    channel: "facebook",
    name: "Trang chính",
    queueId: s.care,
    commentQueueId: s.warranty,
    config: page,
  } as const;
  const needs = [{ skillId: skill.id, level: 2 }];
  await accounts["channel_account.save"](
    ctx,
    by,
    commands["channel_account.save"].input.parse({ ...account, needs }),
  );
  await webhooks["webhook.save"](ctx, by, {
    id: null,
    name: "Cửa hàng",
    url: "https://shop.example.vn",
    events: ["ticket.created"],
    texts: false,
    enabled: true,
  });
  return s;
}
