import type { CommandInput, TicketQuery } from "@tongdai/shared";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "../../context.ts";
import { newId } from "../../ids.ts";
import { ask, type Scene, scene, type Work, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers } from "./index.ts";

describe.each(["sqlite", "postgres"] as const)("ticket list on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  let care: Work;
  let warranty: Work;
  beforeAll(async () => {
    ctx = await testCtx({ engine });
    s = await scene(ctx);
    care = await work(ctx, s, { queueId: s.care, name: "Đặng Lan" });
    warranty = await work(ctx, s, { queueId: s.warranty, name: "Minh" });
  });
  afterAll(() => ctx.close());
  beforeEach(() =>
    ctx.store.write(async (tx) => {
      for (const table of ["ticket_interaction", "ticket_comment", "ticket", "setting"] as const)
        await tx.db.deleteFrom(table).execute();
    }),
  );

  const create = async (w: Work, subject: string, more: Partial<CommandInput<"ticket.create">> = {}) => {
    ctx.clock.advance(1_000);
    const input = { clientId: newId(), customerId: w.customerId, subject, ...more };
    return (await ask(ctx, s.ha, { name: "ticket.create", handler: handlers["ticket.create"], input }))
      .ticket;
  };
  const list = (caller: Caller, input: CommandInput<"ticket.list">) =>
    ask(ctx, caller, { name: "ticket.list", handler: handlers["ticket.list"], input });
  const subjects = async (query: TicketQuery, caller = s.ha) =>
    (await list(caller, { query })).tickets.map((t) => t.subject);

  test("one's queues' and one's own tickets, the newest change first", async () => {
    const a = await create(care, "A");
    await create(warranty, "B", { ownerId: s.lan.userId });
    await create(warranty, "C");
    ctx.clock.advance(1_000);
    await ask(ctx, s.lan, {
      name: "ticket.update",
      handler: handlers["ticket.update"],
      input: { ticketId: a.id, version: 1, priority: "urgent" },
    });
    expect(await subjects({}, s.lan)).toEqual(["A", "B"]);
    expect(await subjects({}, s.minh)).toEqual(["C", "B"]);
    expect(await subjects({}, { ...s.lan, queueIds: [] })).toEqual(["B"]);
    expect(await subjects({})).toEqual(["A", "C", "B"]);
  });

  test("by status, priority, owner, customer and deadline", async () => {
    const now = ctx.clock.now();
    await create(care, "A", { ownerId: s.lan.userId, priority: "high", dueAt: now });
    await create(care, "B", { dueAt: now + 3_600_000 });
    const c = await create(warranty, "C", { ownerId: s.minh.userId, dueAt: now });
    await ask(ctx, s.minh, {
      name: "ticket.update",
      handler: handlers["ticket.update"],
      input: { ticketId: c.id, version: 1, status: "solved" },
    });
    ctx.clock.advance(1_000);
    expect(await subjects({ statuses: ["new"] })).toEqual(["B", "A"]);
    expect(await subjects({ statuses: [] })).toEqual([]);
    expect(await subjects({ priorities: ["high", "urgent"] })).toEqual(["A"]);
    expect(await subjects({ owner: "me" }, s.lan)).toEqual(["A"]);
    expect(await subjects({ owner: "none" })).toEqual(["B"]);
    expect(await subjects({ owner: s.minh.userId })).toEqual(["C"]);
    expect(await subjects({ customerId: care.customerId })).toEqual(["B", "A"]);
    expect(await subjects({ overdue: true })).toEqual(["A"]);
  });

  test("by beginnings of words of subject, number and customer, accents or not", async () => {
    await create(care, "Đơn hàng giao trễ 🙂");
    await create(warranty, "Máy hỏng");
    for (const text of ["don hang", "ĐƠN", "do\u031bn ha\u0300ng", "tre gi", "#1", "don dang", "lan\u0000"])
      expect(await subjects({ text }), text).toEqual(["Đơn hàng giao trễ 🙂"]);
    expect(await subjects({ text: "2" })).toEqual(["Máy hỏng"]);
    for (const text of ["ang", "don hong", "🙂", "%", "_"])
      expect(await subjects({ text }), text).toEqual([]);
    expect(await subjects({ text: " " })).toHaveLength(2);
  });

  test("pages hold every ticket once, whatever their size and although some changed at one time", async () => {
    for (let i = 0; i < 7; i++) await create(care, `A${i}`);
    const now = ctx.clock.now();
    await ctx.store.write((tx) =>
      tx.db.updateTable("ticket").set({ updated_at: now }).where("number", ">", 3).execute(),
    );
    const all = (await list(s.lan, { query: {}, limit: 100 })).tickets.map((t) => t.id);
    expect(all).toHaveLength(7);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9 }), async (limit) => {
        const seen: string[] = [];
        let cursor: string | null | undefined;
        do {
          const page = await list(s.lan, { query: {}, limit, ...(cursor ? { cursor } : {}) });
          seen.push(...page.tickets.map((t) => t.id));
          cursor = page.next;
        } while (cursor);
        expect(seen).toEqual(all);
      }),
    );
    await expect(list(s.lan, { query: {}, cursor: "1_x" })).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("a rare ticket is found behind thousands of others", async () => {
    const rare = await create(care, "hiếm có");
    const at = ctx.clock.now();
    // The walk looks at 5,000 rows at a time: these stand on both sides of where it stops.
    const edge = new Set([99, 100]);
    const rows = Array.from({ length: 5_100 }, (_, i) => ({
      id: newId(),
      number: i + 2,
      client_id: null,
      subject: "thường",
      folded: `${i + 2} ${edge.has(i) ? "mep" : "thuong"}`,
      status: "new",
      priority: "normal",
      owner_id: null,
      queue_id: s.care,
      home_id: care.customerId,
      customer_id: care.customerId,
      due_at: null,
      created_at: at,
      // All at one time, so that a window of the walk ends between tickets of the same time.
      updated_at: at + 1,
      version: 1,
    }));
    await ctx.store.write(async (tx) => {
      for (let i = 0; i < rows.length; i += 300)
        await tx.db
          .insertInto("ticket")
          .values(rows.slice(i, i + 300))
          .execute();
    });
    const { tickets, next } = await list(s.lan, { query: { text: "hiem" } });
    expect(tickets.map((t) => t.id)).toEqual([rare.id]);
    expect(next).toBeNull();
    const atEdge = await list(s.lan, { query: { text: "mep" } });
    expect(atEdge.tickets.map((t) => t.number)).toEqual([102, 101]);
    const seen = new Set<string>();
    let cursor: string | null | undefined;
    do {
      const page = await list(s.lan, { query: {}, limit: 100, ...(cursor ? { cursor } : {}) });
      for (const t of page.tickets) seen.add(t.id);
      cursor = page.next;
    } while (cursor);
    expect(seen.size).toBe(5_101);
  });
});
