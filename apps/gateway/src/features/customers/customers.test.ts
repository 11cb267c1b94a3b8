import type { CommandInput } from "@tongdai/shared";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "../../context.ts";
import { newId } from "../../ids.ts";
import { ask, journalOf, person, type Scene, scene, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers } from "./index.ts";

const HOUR = 3_600_000;

describe.each(["sqlite", "postgres"] as const)("customers on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  beforeAll(async () => {
    ctx = await testCtx({ engine });
    s = await scene(ctx);
  });
  afterAll(() => ctx.close());

  const get = async (caller: Caller, customerId: string) =>
    (
      await ask(ctx, caller, {
        name: "customer.get",
        handler: handlers["customer.get"],
        input: { customerId },
      })
    ).customer;
  const update = async (caller: Caller, input: CommandInput<"customer.update">) =>
    (await ask(ctx, caller, { name: "customer.update", handler: handlers["customer.update"], input }))
      .customer;
  const reveals = (caller: Caller) =>
    ctx.store.db
      .selectFrom("audit")
      .select("target")
      .where("action", "=", "customer.revealed")
      .where("actor_id", "=", caller.userId)
      .execute();

  test("only who may see one of the conversations, or owns a ticket, sees the customer", async () => {
    const w = await work(ctx, s, { queueId: s.care });
    const mine = await work(ctx, s, { queueId: s.care, ownerId: s.minh.userId });
    await expect(get(s.minh, w.customerId)).rejects.toMatchObject({ code: "not_found" });
    await expect(update(s.minh, { customerId: w.customerId, version: 1, name: "x" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(get(s.lan, newId())).rejects.toMatchObject({ code: "not_found" });
    await expect(get(s.admin, w.customerId)).rejects.toThrow("not allowed");
    expect((await get(s.lan, w.customerId)).id).toBe(w.customerId);
    expect((await get(s.ha, w.customerId)).id).toBe(w.customerId);
    expect((await get(s.minh, mine.customerId)).id).toBe(mine.customerId);
  });

  test("addresses are masked; who may see them leaves a note, once an hour", async () => {
    const w = await work(ctx, s, { queueId: s.care, externalId: "+84901234567", name: "0901234567" });
    await update(s.lan, {
      customerId: w.customerId,
      version: 1,
      attributes: { mail: "lan@gmail.com", city: "Huế" },
    });
    const masked = await get(s.lan, w.customerId);
    expect(masked).toMatchObject({
      name: "0901 *** 567",
      attributes: { mail: "l***@gmail.com", city: "Huế" },
    });
    expect(masked.identities[0]?.externalId).toBe("0901 *** 567");
    expect(await reveals(s.lan)).toEqual([]);

    // In the middle of an hour of the clock: what counts is an hour since the look.
    ctx.clock.advance(HOUR / 2);
    const reader = await person(ctx, { roles: ["supervisor"], queueIds: [] });
    const looks = await Promise.all(Array.from({ length: 20 }, () => get(reader, w.customerId)));
    expect(looks[0]).toMatchObject({ name: "0901234567", attributes: { mail: "lan@gmail.com" } });
    expect(await reveals(reader)).toEqual([{ target: w.customerId }]);
    ctx.clock.advance(HOUR - 1);
    await get(reader, w.customerId);
    expect(await reveals(reader)).toHaveLength(1);
    ctx.clock.advance(1);
    await get(reader, w.customerId);
    expect(await reveals(reader)).toHaveLength(2);
  });

  test("a customer without any address may be looked at without a note", async () => {
    const w = await work(ctx, s, { queueId: s.care, externalId: "24681012345678901", name: "Nguyễn Lan" });
    const reader = await person(ctx, { roles: ["supervisor"], queueIds: [] });
    await get(reader, w.customerId);
    expect(await reveals(reader)).toEqual([]);
  });

  test("a masked value that comes back leaves the real one alone", async () => {
    const w = await work(ctx, s, { queueId: s.care });
    await update(s.ha, {
      customerId: w.customerId,
      version: 1,
      attributes: { phone: "0901234567" },
      tags: ["gọi 0907654321"],
    });
    const seen = await get(s.lan, w.customerId);
    await update(s.lan, {
      customerId: w.customerId,
      version: seen.version,
      name: "Chị Lan",
      attributes: seen.attributes,
      tags: [...seen.tags, "VIP"],
    });
    expect(await get(s.ha, w.customerId)).toMatchObject({
      name: "Chị Lan",
      attributes: { phone: "0901234567" },
      tags: ["gọi 0907654321", "VIP"],
    });
  });

  test("attributes are merged, null removes, odd names and texts survive", async () => {
    const w = await work(ctx, s, { queueId: s.care });
    const first = await update(s.lan, {
      customerId: w.customerId,
      version: 1,
      attributes: { a: "1", b: "2", constructor: "x", "Ngày sinh": "01-02\u00001990 🙂 مرحبا" },
    });
    expect(first.version).toBe(2);
    const second = await update(s.lan, {
      customerId: w.customerId,
      version: 2,
      attributes: { a: null, b: "3", c: null },
    });
    expect(second.attributes).toEqual({ b: "3", constructor: "x", "Ngày sinh": "01-021990 🙂 مرحبا" });
    const many = Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`k${i}`, "v"]));
    await expect(
      update(s.lan, { customerId: w.customerId, version: 3, attributes: many }),
    ).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("as much as the contract lets one write is kept", async () => {
    const w = await work(ctx, s, { queueId: s.care });
    // Nothing in it repeats, so that no store can pack it.
    const words = (n: number) =>
      Array.from({ length: 60 }, () => crypto.randomUUID())
        .join(`${n}`)
        .slice(0, 2_000);
    const attributes = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`Ghi chú ${n}`, words(n)]));
    const name = words(0).slice(0, 200);
    expect(await update(s.ha, { customerId: w.customerId, version: 1, name, attributes })).toMatchObject({
      name,
      attributes,
    });
  });

  test("of twenty who change one version, one wins; asking again for what is there is no conflict", async () => {
    const w = await work(ctx, s, { queueId: s.care });
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) =>
        update(s.lan, { customerId: w.customerId, version: 1, name: `Tên ${i}` }),
      ),
    );
    const won = results.filter((r) => r.status === "fulfilled");
    expect(won).toHaveLength(1);
    for (const r of results)
      if (r.status === "rejected") expect(r.reason).toMatchObject({ code: "conflict" });
    const now = await get(s.lan, w.customerId);
    expect(now.version).toBe(2);
    const again = await update(s.lan, { customerId: w.customerId, version: 1, name: now.name });
    expect(again.version).toBe(2);
  });

  test("a change is told unmasked to the rooms that may see the customer", async () => {
    const w = await work(ctx, s, { queueId: s.care, ownerId: s.minh.userId });
    await update(s.lan, { customerId: w.customerId, version: 1, attributes: { phone: "0901234567" } });
    const last = (await journalOf(ctx, "customer.updated")).at(-1);
    expect(last).toMatchObject({
      customer_id: w.customerId,
      actor_id: s.lan.userId,
      scopes: [`queue:${s.care}`, `user:${s.minh.userId}`, "all"],
    });
    expect(last?.data).toContain("0901234567");
  });
});
