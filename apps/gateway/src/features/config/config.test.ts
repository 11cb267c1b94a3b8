import { ConfigFile, commands, defaultQueueRules, type ConfigFile as File } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { facebook } from "../../channels/facebook/index.ts";
import { page, setUp, whole } from "../../testing/configured.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers as accounts } from "../channel-accounts/index.ts";
import { logIn, handlers as people } from "../users/index.ts";
import { exportConfig, importConfig } from "./index.ts";

/** Without the ids, which another gateway gives anew, and without whoever brought it in. */
const comparable = ({ content }: File, { content: { people = [] } }: File): unknown =>
  noIds({
    ...content,
    people: content["people"]?.filter((p) => people.some((other) => other["username"] === p["username"])),
    channelAccounts: content["channelAccounts"]?.map((account) => ({ ...account, enabled: false })),
  });
const noIds = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, value) => (key === "id" ? undefined : value));

describe.each(["sqlite", "postgres"] as const)("the configuration as a file on %s", (engine) => {
  let ctx: TestCtx;
  let other: TestCtx;
  beforeEach(async () => {
    ctx = await testCtx({ engine, channels: [facebook] });
    other = await testCtx({ engine, channels: [facebook] });
  });
  afterEach(async () => {
    await ctx.close();
    await other.close();
  });

  test("goes out, comes into an empty gateway, and is the same when it goes out again", async () => {
    const s = await setUp(ctx);
    const file = await exportConfig(ctx, s.admin);
    expect(ConfigFile.parse(JSON.parse(JSON.stringify(file)))).toEqual(file);
    for (const secret of ["whsec_", page.verifyToken, page.appSecret, page.pageToken, "argon2"])
      expect(JSON.stringify(file)).not.toContain(secret);
    const by = await whole(other);
    expect(Object.entries(file.content).filter(([, things]) => things.length === 0)).toEqual([]);
    const trial = await importConfig(other, by, { file, apply: false });
    expect(new Set(trial.steps.map((step) => step.did))).toEqual(new Set(["created", "changed", "left"]));
    expect(await other.store.db.selectFrom("queue").selectAll().execute()).toEqual([]);
    expect(noIds(await importConfig(other, by, { file, apply: true }))).toEqual(noIds(trial));
    expect(comparable(await exportConfig(other, by), file)).toEqual(comparable(file, file));
    const again = await importConfig(other, by, { file, apply: true });
    expect(again.steps.filter((step) => step.did !== "left")).toEqual([]);
    const made = await other.store.db.selectFrom("webhook").select("enabled").execute();
    expect(made).toEqual([{ enabled: 0 }]);
  });

  test("a thing of the same id under another name is renamed, and what the file does not name stays", async () => {
    const s = await setUp(ctx);
    const file = await exportConfig(ctx, s.admin);
    const [skill] = file.content["skills"] ?? [];
    const content = { skills: [{ ...skill, name: "Thanh toán" }] };
    const { steps } = await importConfig(ctx, s.admin, { file: { ...file, content }, apply: true });
    const changes = [{ path: ["name"], was: "Hoá đơn", is: "Thanh toán" }];
    expect(steps).toEqual([{ section: "skills", name: "Thanh toán", did: "changed", changes, todo: null }]);
    const after = await exportConfig(ctx, s.admin);
    expect(after.content["skills"]).toEqual([{ ...skill, name: "Thanh toán" }]);
    expect(after.content["queues"]).toHaveLength(2);
  });

  test("one mistake keeps all of it out, and its place in the file is said", async () => {
    const s = await setUp(ctx);
    const file = await exportConfig(ctx, s.admin);
    const by = await whole(other);
    const bad = async (content: object) =>
      importConfig(other, by, { file: { ...file, content: { ...file.content, ...content } }, apply: true });
    await expect(bad({ cannedReplies: [{ shortcut: "a b", text: "x" }] })).rejects.toMatchObject({
      code: "invalid_input",
      details: { place: "cannedReplies[0].shortcut" },
    });
    await expect(bad({ teams: [] })).rejects.toMatchObject({
      details: { place: expect.stringMatching(/^queues\[\d\]\.teamIds\[0\]$/) },
    });
    await expect(
      bad({ people: [{ username: "moi", name: "Mới", roles: ["@role:Vua"] }] }),
    ).rejects.toMatchObject({
      details: { place: "people[0].roles[0]", reason: "not_there", named: "@role:Vua" },
    });
    await expect(bad({ people: [{ username: "moi", name: "Mới", roles: ["king"] }] })).rejects.toMatchObject({
      details: { place: "people[0].roles[0]", reason: "wrong_form" },
    });
    await expect(bad({ moons: [] })).rejects.toMatchObject({ details: { place: "moons" } });
    await expect(importConfig(other, by, { file: { format: "x" }, apply: true })).rejects.toMatchObject({
      code: "invalid_input",
    });
    for (const table of ["skill", "hours", "queue", "canned_reply"] as const)
      expect(await other.store.db.selectFrom(table).selectAll().execute()).toEqual([]);
  });

  test("a change deep in a thing is told by its place, and a field that the file leaves out stays", async () => {
    const s = await setUp(ctx);
    const file = await exportConfig(ctx, s.admin);
    const rules = { ...defaultQueueRules, strategy: "round_robin" };
    const content = { queues: [{ name: "Chăm sóc khách hàng", rules }] };
    const { steps } = await importConfig(ctx, s.admin, { file: { ...file, content }, apply: true });
    expect(steps[0]?.changes).toContainEqual({
      path: ["rules", "strategy"],
      was: defaultQueueRules.strategy,
      is: "round_robin",
    });
    expect(steps[0]?.changes.every(({ path }) => path[0] === "rules")).toBe(true);
    const again = await importConfig(ctx, s.admin, { file: { ...file, content }, apply: true });
    expect(again.steps).toEqual([
      { section: "queues", name: "Chăm sóc khách hàng", did: "left", changes: [], todo: null },
    ]);
  });

  test("who may not manage webhooks neither takes them out nor brings other ones in", async () => {
    const s = await setUp(ctx);
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
    const s = await setUp(ctx);
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

  test("an account comes in switched off until its secrets are given here, and the trial says so", async () => {
    const s = await setUp(ctx);
    const file = await exportConfig(ctx, s.admin);
    const by = await whole(other);
    const { steps } = await importConfig(other, by, { file, apply: false });
    expect(steps.find((step) => step.section === "channelAccounts")).toMatchObject({
      name: "Trang chính",
      did: "created",
      todo: "give_secrets",
    });
    await importConfig(other, by, { file, apply: true });
    const row = await other.store.db.selectFrom("channel_account").selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ enabled: 0, health: "login_needed", external_id: page.pageId });
    const { appSecret, pageToken, verifyToken } = page;
    const { account } = await accounts["channel_account.save"](other, by, {
      ...commands["channel_account.save"].input.parse({
        id: row.id,
        channel: "facebook",
        name: row.name,
        queueId: row.queue_id,
        config: { appSecret, pageToken, verifyToken },
      }),
    });
    expect(account).toMatchObject({ enabled: true, health: { state: "ok" } });
    const changed = { ...file.content["channelAccounts"]?.[0], name: "Trang khác" };
    const next = { ...file, content: { channelAccounts: [changed] } };
    expect((await importConfig(other, by, { file: next, apply: true })).steps).toMatchObject([
      { did: "changed", changes: [{ path: ["name"], was: "Trang chính", is: "Trang khác" }], todo: null },
    ]);
    const after = await other.store.db.selectFrom("channel_account").selectAll().executeTakeFirstOrThrow();
    expect(after).toMatchObject({ enabled: 1, webhook_key: page.appId });
  });

  test("a wrong setting of an account is refused, not taken for a missing secret", async () => {
    const s = await setUp(ctx);
    const file = await exportConfig(ctx, s.admin);
    const [account] = file.content["channelAccounts"] ?? [];
    const config = { ...page, graphUrl: "http://far.example.com" };
    const content = { channelAccounts: [{ ...account, config }] };
    await expect(
      importConfig(ctx, s.admin, { file: { ...file, content }, apply: true }),
    ).rejects.toMatchObject({
      code: "invalid_input",
      details: { place: "channelAccounts[0]" },
    });
  });

  test("who is made has no password, and nobody logs in as them until they are given one", async () => {
    const s = await setUp(ctx);
    const { content, ...rest } = await exportConfig(ctx, s.admin);
    const by = await whole(other);
    const file = {
      ...rest,
      content: { ...content, teams: [], queues: [], thresholds: [], channelAccounts: [] },
    };
    const { steps } = await importConfig(other, by, { file, apply: true });
    expect(steps.find((step) => step.section === "people" && step.name === "lan")).toMatchObject({
      did: "created",
      todo: "give_password",
    });
    const device = { address: "203.0.113.7", userAgent: "test" };
    for (const password of ["", "mat khau dai"])
      await expect(logIn(other, { username: "lan", password, ...device })).rejects.toMatchObject({
        code: "bad_credentials",
      });
    const lan = await other.store.db
      .selectFrom("user")
      .select("id")
      .where("username", "=", "lan")
      .executeTakeFirstOrThrow();
    await people["user.update"](other, by, { userId: lan.id, password: "mat khau khac" });
    await expect(
      logIn(other, { username: "lan", password: "mat khau khac", newPassword: "cua rieng lan", ...device }),
    ).resolves.toBeTruthy();
  });

  test("people who are not in the file are left out of its lists only where it brings no people at all", async () => {
    const s = await setUp(ctx);
    const { content, ...rest } = await exportConfig(ctx, s.admin);
    const by = await whole(other);
    const { people: _people, roles: _roles, ...rules } = content;
    await importConfig(other, by, { file: { ...rest, content: rules }, apply: true });
    expect((await exportConfig(other, by)).content["teams"]).toMatchObject([
      { name: "Ca sáng", memberIds: [] },
    ]);
    const file = { ...rest, content: { ...content, people: [] } };
    await expect(importConfig(other, by, { file, apply: true })).rejects.toMatchObject({
      details: { reason: "not_there", named: expect.stringMatching(/^@user:/) },
    });
  });
});
