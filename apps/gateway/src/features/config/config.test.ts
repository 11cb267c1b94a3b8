import {
  ConfigFile,
  commands,
  defaultQueueRules,
  defaultStateRules,
  defaultThresholds,
  type ConfigFile as File,
  ReportDefinition,
} from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { person, scene } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers as cannedReplies } from "../canned-replies/index.ts";
import { handlers as floor } from "../floor/index.ts";
import { handlers as hours } from "../hours/index.ts";
import { handlers as interactions } from "../interactions/index.ts";
import { handlers as queues } from "../queues/index.ts";
import { handlers as skills } from "../skills/index.ts";
import { handlers as teams } from "../teams/index.ts";
import { createUser, handlers as people } from "../users/index.ts";
import { handlers as webhooks } from "../webhooks/index.ts";
import { exportConfig, importConfig } from "./index.ts";

const users = async (ctx: TestCtx) => {
  const o = { name: "Lan", password: "mat khau dai", roles: ["agent" as const] };
  return (await createUser(ctx, null, { ...o, username: "lan" })).id;
};
const admin = (ctx: TestCtx) => person(ctx, { roles: ["admin"], queueIds: [] });

/** Without the ids, which another gateway gives anew. */
const withoutIds = ({ content }: File): unknown => noIds(content);
const noIds = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, value) => (key === "id" ? undefined : value));

describe.each(["sqlite", "postgres"] as const)("the configuration as a file on %s", (engine) => {
  let ctx: TestCtx;
  let other: TestCtx;
  beforeEach(async () => {
    ctx = await testCtx({ engine });
    other = await testCtx({ engine });
  });
  afterEach(async () => {
    await ctx.close();
    await other.close();
  });

  /** A little of everything, that names each other. */
  async function setUp() {
    const s = await scene(ctx);
    // The other gateway does not know these people.
    await ctx.store.write((tx) => tx.db.deleteFrom("queue_member").execute());
    const lan = await users(ctx);
    const by = s.admin;
    const { skill } = await skills["skill.save"](ctx, by, { id: null, name: "Hoá đơn" });
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
    const role = { name: "Trưởng ca", permissions: ["work", "floor.see"] as const };
    await people["role.save"](ctx, by, commands["role.save"].input.parse(role));
    const agent = { id: "agent", name: "x", permissions: ["work", "agents.see", "reports.see"] };
    await people["role.save"](ctx, by, commands["role.save"].input.parse(agent));
    const prayer = { id: null, name: { vi: "Đi lễ", en: "Prayer" }, maxMinutes: 20, retired: false };
    const { reasons, ...states } = defaultStateRules;
    await interactions["state_rules.save"](ctx, by, { ...states, reasons: [...reasons, prayer] });
    await cannedReplies["canned_reply.save"](ctx, by, { id: null, shortcut: "chao", text: "Chào anh/chị" });
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

  test("goes out, comes into an empty gateway, and is the same when it goes out again", async () => {
    const s = await setUp();
    const file = await exportConfig(ctx, s.admin);
    expect(ConfigFile.parse(JSON.parse(JSON.stringify(file)))).toEqual(file);
    expect(JSON.stringify(file)).not.toContain("whsec_");
    await users(other);
    const by = await admin(other);
    expect(Object.entries(file.content).filter(([, things]) => things.length === 0)).toEqual([]);
    const trial = await importConfig(other, by, { file, apply: false });
    expect(new Set(trial.steps.map((step) => step.did))).toEqual(new Set(["created", "changed", "left"]));
    expect(await other.store.db.selectFrom("queue").selectAll().execute()).toEqual([]);
    expect(noIds(await importConfig(other, by, { file, apply: true }))).toEqual(noIds(trial));
    expect(withoutIds(await exportConfig(other, by))).toEqual(withoutIds(file));
    const again = await importConfig(other, by, { file, apply: true });
    expect(new Set(again.steps.map((step) => step.did))).toEqual(new Set(["left"]));
    const made = await other.store.db.selectFrom("webhook").select("enabled").execute();
    expect(made).toEqual([{ enabled: 0 }]);
  });

  test("a thing of the same id under another name is renamed, and what the file does not name stays", async () => {
    const s = await setUp();
    const file = await exportConfig(ctx, s.admin);
    const [skill] = file.content["skills"] ?? [];
    const content = { skills: [{ ...skill, name: "Thanh toán" }] };
    const { steps } = await importConfig(ctx, s.admin, { file: { ...file, content }, apply: true });
    const changes = [{ field: "name", from: "Hoá đơn", to: "Thanh toán" }];
    expect(steps).toEqual([{ section: "skills", name: "Thanh toán", did: "changed", changes }]);
    const after = await exportConfig(ctx, s.admin);
    expect(after.content["skills"]).toEqual([{ ...skill, name: "Thanh toán" }]);
    expect(after.content["queues"]).toHaveLength(2);
  });

  test("one mistake keeps all of it out, and its place in the file is said", async () => {
    const s = await setUp();
    const file = await exportConfig(ctx, s.admin);
    const by = await admin(other);
    const bad = async (content: object) =>
      importConfig(other, by, { file: { ...file, content: { ...file.content, ...content } }, apply: true });
    await expect(bad({ cannedReplies: [{ shortcut: "a b", text: "x" }] })).rejects.toMatchObject({
      code: "invalid_input",
      details: { place: "cannedReplies[0].shortcut" },
    });
    await expect(bad({ teams: [] })).rejects.toMatchObject({
      details: { place: expect.stringMatching(/^queues\[\d\]\.teamIds\[0\]$/) },
    });
    await expect(bad({ moons: [] })).rejects.toMatchObject({ details: { place: "moons" } });
    await expect(importConfig(other, by, { file: { format: "x" }, apply: true })).rejects.toMatchObject({
      code: "invalid_input",
    });
    for (const table of ["skill", "hours", "queue", "canned_reply"] as const)
      expect(await other.store.db.selectFrom(table).selectAll().execute()).toEqual([]);
  });

  test("a change deep in a thing is told by its place, and a field that the file leaves out stays", async () => {
    const s = await setUp();
    const file = await exportConfig(ctx, s.admin);
    const rules = { ...defaultQueueRules, strategy: "round_robin" };
    const content = { queues: [{ name: "Chăm sóc khách hàng", rules }] };
    const { steps } = await importConfig(ctx, s.admin, { file: { ...file, content }, apply: true });
    expect(steps[0]?.changes).toContainEqual({
      field: "rules.strategy",
      from: defaultQueueRules.strategy,
      to: "round_robin",
    });
    expect(steps[0]?.changes.every(({ field }) => field.startsWith("rules."))).toBe(true);
    const again = await importConfig(ctx, s.admin, { file: { ...file, content }, apply: true });
    expect(again.steps).toEqual([
      { section: "queues", name: "Chăm sóc khách hàng", did: "left", changes: [] },
    ]);
  });

  test("who may not manage webhooks neither takes them out nor brings other ones in", async () => {
    const s = await setUp();
    const file = await exportConfig(ctx, s.admin);
    const by = { ...s.admin, permissions: new Set(["people.manage"] as const) };
    expect((await exportConfig(ctx, by)).content).not.toHaveProperty("webhooks");
    await importConfig(ctx, by, { file, apply: true });
    const webhook = { ...file.content["webhooks"]?.[0], url: "https://else.example.vn" };
    const other = { ...file, content: { webhooks: [webhook] } };
    await expect(importConfig(ctx, by, { file: other, apply: true })).rejects.toMatchObject({
      code: "forbidden",
      details: { place: "webhooks[0]" },
    });
  });

  test("the file gives nobody what its bearer may not give, and leaves somebody to administer", async () => {
    const s = await setUp();
    const file = await exportConfig(ctx, s.admin);
    const roles = [{ name: "Trưởng ca", permissions: ["roles.manage"] }];
    const permissions = new Set(["people.manage", "webhooks.manage"] as const);
    const wanted = { file: { ...file, content: { roles } }, apply: true };
    await expect(importConfig(ctx, { ...s.admin, permissions }, wanted)).rejects.toMatchObject({
      code: "forbidden",
      details: { place: "roles[0]" },
    });
    const admins = { ...file, content: { roles: [{ id: "admin", name: "admin", permissions: [] }] } };
    await expect(importConfig(ctx, s.admin, { file: admins, apply: true })).rejects.toMatchObject({
      details: { place: "roles[0]" },
    });
  });
});
