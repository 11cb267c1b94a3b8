import { builtInRoles, type ConfigFile as File } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { facebook } from "../../channels/facebook/index.ts";
import { setUp } from "../../testing/configured.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { exportConfig, importConfig } from "./index.ts";

describe("a file of the configuration that asks for too much", () => {
  let ctx: TestCtx;
  beforeEach(async () => {
    ctx = await testCtx({ channels: [facebook] });
  });
  afterEach(() => ctx.close());

  test.each([
    ["thresholds", "floor.act"],
    ["floor", "floor.act"],
    ["cannedReplies", "canned_replies.manage"],
    ["channelAccounts", "channels.manage"],
    ["webhooks", "webhooks.manage"],
    ["roles", "roles.manage"],
  ] as const)("%s go out and in only with %s, as by hand", async (key, permission) => {
    const s = await setUp(ctx);
    const file = await exportConfig(ctx, s.admin);
    const permissions = new Set([...s.admin.permissions].filter((p) => p !== permission));
    const by = { ...s.admin, permissions };
    expect((await exportConfig(ctx, by)).content).not.toHaveProperty(key);
    const odd = {
      thresholds: { waiting: { warn: 9, alarm: 9 } },
      floor: { targetSeconds: 99 },
      cannedReplies: { text: "khác" },
      channelAccounts: { name: "khác" },
      webhooks: { name: "khác" },
      roles: { id: undefined, name: "Vua", permissions: ["work"] },
    };
    const content = { [key]: [{ ...file.content[key]?.[0], ...odd[key] }] };
    await expect(importConfig(ctx, by, { file: { ...file, content }, apply: true })).rejects.toMatchObject({
      code: "forbidden",
      details: { place: `${key}[0]`, permission },
    });
  });

  test("who manages people only gives themselves nothing by a file", async () => {
    const s = await setUp(ctx);
    const file = await exportConfig(ctx, s.admin);
    const permissions = new Set(["people.manage", ...(builtInRoles[1]?.permissions ?? [])] as const);
    const ha = { ...s.ha, permissions };
    const username = `u-${s.ha.userId}`;
    const asks = async (content: File["content"]) =>
      importConfig(ctx, ha, { file: { ...file, content }, apply: true });
    await expect(asks({ people: [{ username, roles: ["admin"] }] })).rejects.toMatchObject({
      code: "forbidden",
      details: { place: "people[0]", reason: "grants_more" },
    });
    await expect(
      asks({ people: [{ username: "hai", name: "Hai", roles: ["admin"] }] }),
    ).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      asks({ people: [{ username: `u-${s.admin.userId}`, disabled: true }] }),
    ).rejects.toMatchObject({
      details: { reason: "outranks" },
    });
    const roles = await ctx.store.db
      .selectFrom("user")
      .select("roles")
      .where("id", "=", s.ha.userId)
      .execute();
    expect(roles).toEqual([{ roles: '["supervisor"]' }]);
  });

  test("what is no configuration is refused by a code, and nothing is changed", async () => {
    const s = await setUp(ctx);
    const file = await exportConfig(ctx, s.admin);
    const before = await exportConfig(ctx, s.admin);
    const skill = { name: "Hai lần" };
    let deep: unknown = 1;
    for (let i = 0; i < 50_000; i++) deep = [deep];
    const proto: unknown = JSON.parse('{"name":"x","__proto__":{"permissions":["roles.manage"]}}');
    const bad: [unknown, object][] = [
      [
        { ...file, version: 2 },
        { place: "version", reason: "other_version" },
      ],
      [
        { ...file, content: { skills: [skill, skill] } },
        { place: "skills[1]", reason: "twice" },
      ],
      [
        { ...file, content: { skills: [file.content["skills"]?.[0], { name: "Hoá đơn" }] } },
        { reason: "twice" },
      ],
      [{ ...file, content: { queues: [{ name: "Hai", dispositions: deep }] } }, { reason: "too_deep" }],
      [
        { ...file, content: { skills: [{ name: 7 }] } },
        { place: "skills[0].name", reason: "wrong_kind" },
      ],
      [
        { ...file, content: { skills: [{ name: "a", size: 1 }] } },
        { place: "skills[0].size", reason: "unknown_field" },
      ],
      [
        { ...file, content: { constructor: [] } },
        { place: "constructor", reason: "unknown_section" },
      ],
      [{ ...file, content: { hours: [{ name: "Không giờ" }] } }, { reason: "missing" }],
      [
        { ...file, content: { capacity: [{}, {}] } },
        { place: "capacity[1]", reason: "twice" },
      ],
      [[], { place: "" }],
      ["", {}],
      [null, {}],
    ];
    for (const [wrong, details] of bad)
      await expect(importConfig(ctx, s.admin, { file: wrong, apply: true })).rejects.toMatchObject({
        code: "invalid_input",
        details,
      });
    // A key that means something to the language means nothing here.
    await importConfig(ctx, s.admin, { file: { ...file, content: { skills: [proto] } }, apply: false });
    expect((await exportConfig(ctx, s.admin)).content).toEqual(before.content);
  });
});
