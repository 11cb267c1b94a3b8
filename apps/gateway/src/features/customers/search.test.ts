import type { CommandInput } from "@tongdai/shared";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "../../context.ts";
import { newId } from "../../ids.ts";
import { ask, type Scene, scene, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers } from "./index.ts";

describe.each(["sqlite", "postgres"] as const)("customer search on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  beforeAll(async () => {
    ctx = await testCtx({ engine });
    s = await scene(ctx);
  });
  afterAll(() => ctx.close());
  beforeEach(() =>
    ctx.store.write(async (tx) => {
      for (const table of ["clue", "interaction", "conversation", "identity", "customer"] as const)
        await tx.db.deleteFrom(table).execute();
    }),
  );

  const search = (caller: Caller, input: CommandInput<"customer.search">) =>
    ask(ctx, caller, { name: "customer.search", handler: handlers["customer.search"], input });
  const found = async (query: string, caller = s.ha) =>
    (await search(caller, { query })).customers.map((c) => c.name);
  const customer = (name: string, o: { externalId?: string; queueId?: string } = {}) =>
    work(ctx, s, { queueId: s.care, name, ...o });

  test("neither accents nor case matter, the last word may be a beginning", async () => {
    await customer("Đơn hàng Thị Ngọc");
    await customer("Đặng Văn Đức");
    await customer("Dang \u{1f642} مرحبا");
    for (const query of ["don hang", "ĐƠN HÀNG", "Đơn ha\u0300ng", "hang don", "thi ngo", "đon\u0000"])
      expect(await found(query), query).toEqual(["Đơn hàng Thị Ngọc"]);
    expect(await found("dang")).toEqual(["Dang \u{1f642} مرحبا", "Đặng Văn Đức"]);
    expect(await found("مرحبا")).toEqual(["Dang \u{1f642} مرحبا"]);
    expect(await found("don hang duc")).toEqual([]);
  });

  test("what is no word finds nobody, and no query everybody", async () => {
    await customer("Một");
    await customer("Hai");
    for (const query of ["\u{1f642}", "'\"*", "%", "_", ":*", "&", "--"])
      expect(await found(query), query).toEqual([]);
    expect(await found("")).toEqual(["Hai", "Một"]);
    expect(await found(" \u0000 ")).toEqual(["Hai", "Một"]);
  });

  test("the search engines' own words are words", async () => {
    await customer("OR AND NOT near");
    for (const query of ["or", "AND", "not near", "NEAR"]) expect(await found(query), query).toHaveLength(1);
    expect(await found("lan OR near")).toEqual([]);
  });

  test("a phone number or a vendor's id finds its owner, however it is written", async () => {
    await customer("Lan", { externalId: "+84901234567" });
    await customer("Minh", { externalId: "24681012345678901" });
    await customer("Hà", { externalId: "ha@example.vn" });
    for (const query of ["0901234567", "0901 234 567", "+84 901 234 567", "84901234567"])
      expect(await found(query), query).toEqual(["Lan"]);
    expect(await found("24681012345678901")).toEqual(["Minh"]);
    await customer("Mai", { externalId: "+84321234567" });
    for (const query of ["0321234567", "01621234567", "+84 162 123 4567", "84 (0) 321 234 567"])
      expect(await found(query), query).toEqual(["Mai"]);
    expect(await found("HA@example.vn")).toEqual(["Hà"]);
  });

  test("a masked number is found by the whole of it and never by its beginning", async () => {
    const w = await customer("Lan");
    await ask(ctx, s.lan, {
      name: "customer.update",
      handler: handlers["customer.update"],
      input: {
        customerId: w.customerId,
        version: 1,
        attributes: { phone: "gọi 0901 234 567", mail: "Lan.Ng@gmail.com", code: "KH-00123" },
      },
    });
    for (const query of [
      "+84901234567",
      "0901234567",
      "lan.ng@GMAIL.com",
      "lan 0901234567",
      "kh 001",
      "00123",
    ])
      expect(await found(query), query).toEqual(["Lan"]);
    for (const query of ["0901", "090123456", "0901 234", "gmail", "lan.ng@gmail", "84901"])
      expect(await found(query), query).toEqual([]);
  });

  test("only customers of the caller's queues and interactions", async () => {
    await customer("Nguyễn A");
    await customer("Nguyễn B", { queueId: s.warranty });
    await work(ctx, s, { queueId: s.warranty, ownerId: s.lan.userId, name: "Nguyễn C" });
    for (const query of ["", "nguyen"]) {
      expect(await found(query, s.lan)).toEqual(["Nguyễn C", "Nguyễn A"]);
      expect(await found(query, s.minh)).toEqual(["Nguyễn C", "Nguyễn B"]);
      expect(await found(query, s.ha)).toEqual(["Nguyễn C", "Nguyễn B", "Nguyễn A"]);
      expect(await found(query, { ...s.lan, queueIds: [] })).toEqual(["Nguyễn C"]);
    }
  });

  test("a renamed customer is found by the new name only", async () => {
    const w = await customer("Cũ");
    await ask(ctx, s.lan, {
      name: "customer.update",
      handler: handlers["customer.update"],
      input: { customerId: w.customerId, version: 1, name: "Mới" },
    });
    expect(await found("cu")).toEqual([]);
    expect(await found("moi")).toEqual(["Mới"]);
  });

  test("pages hold every customer once, in one order, whatever their size", async () => {
    for (let i = 0; i < 23; i++) await customer(`Khách ${i}`);
    const all = (await search(s.ha, { query: "", limit: 100 })).customers.map((c) => c.id);
    expect(all).toHaveLength(23);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom("", "khach"),
        async (limit, query) => {
          const seen: string[] = [];
          let cursor: string | null | undefined;
          do {
            const page = await search(s.ha, { query, limit, ...(cursor ? { cursor } : {}) });
            expect(page.customers.length).toBeLessThanOrEqual(limit);
            seen.push(...page.customers.map((c) => c.id));
            cursor = page.next;
          } while (cursor);
          expect(seen).toEqual(all);
        },
      ),
      { numRuns: 20 },
    );
    await expect(search(s.ha, { query: "", cursor: "no cursor" })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });

  test("a rare customer is found behind thousands of others, all of which are listed once", async () => {
    const rare = await customer("Hiếm Có");
    // The walk looks at 5,000 rows at a time: these stand on both sides of where it stops.
    const edge = new Set([99, 100]);
    const rows = Array.from({ length: 5_100 }, (_, i) => ({
      id: newId(),
      name: edge.has(i) ? `Mép ${i}` : "Thường",
      folded: edge.has(i) ? `mep ${i}` : "thuong",
      attributes: "{}",
      tags: "[]",
      created_at: 0,
      version: 1,
    }));
    await ctx.store.write(async (tx) => {
      for (let i = 0; i < rows.length; i += 300)
        await tx.db
          .insertInto("customer")
          .values(rows.slice(i, i + 300))
          .execute();
    });
    for (const query of ["", "hiem"]) expect(await found(query, s.lan), query).toEqual(["Hiếm Có"]);
    expect(await found("mep")).toEqual(["Mép 100", "Mép 99"]);
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await search(s.ha, { query: "", limit: 100, ...(cursor ? { cursor } : {}) });
      seen.push(...page.customers.map((c) => c.id));
      cursor = page.next;
    } while (cursor);
    expect(seen).toEqual([...rows.map((r) => r.id).reverse(), rare.customerId]);
  });
});
