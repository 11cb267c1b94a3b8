import type { CommandInput } from "@tongdai/shared";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "../../context.ts";
import { newId } from "../../ids.ts";
import { updateInteraction } from "../../store/interactions.ts";
import { ask, journalOf, person, type Scene, scene, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { createTicketByRule, handlers, listTicketFilters } from "./index.ts";

describe.each(["sqlite", "postgres"] as const)("tickets on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  beforeAll(async () => {
    ctx = await testCtx({ engine });
    s = await scene(ctx);
  });
  afterAll(() => ctx.close());

  const create = async (caller: Caller, input: Partial<CommandInput<"ticket.create">>) =>
    (
      await ask(ctx, caller, {
        name: "ticket.create",
        handler: handlers["ticket.create"],
        input: { clientId: newId(), subject: "Đơn hàng trễ", ...input },
      })
    ).ticket;
  const update = async (caller: Caller, input: CommandInput<"ticket.update">) =>
    (await ask(ctx, caller, { name: "ticket.update", handler: handlers["ticket.update"], input })).ticket;
  const get = (caller: Caller, ticketId: string) =>
    ask(ctx, caller, { name: "ticket.get", handler: handlers["ticket.get"], input: { ticketId } });
  const comment = (caller: Caller, input: CommandInput<"ticket.comment">) =>
    ask(ctx, caller, { name: "ticket.comment", handler: handlers["ticket.comment"], input });
  const link = async (caller: Caller, input: CommandInput<"ticket.link">) =>
    (await ask(ctx, caller, { name: "ticket.link", handler: handlers["ticket.link"], input })).ticket;
  const told = async (name: string, ticketId: string) =>
    (await journalOf(ctx, name)).filter((r) => r.ticket_id === ticketId);

  test("made from an interaction, it is linked and takes customer and queue from it", async () => {
    const w = await work(ctx, s, { queueId: s.care });
    const ticket = await create(s.lan, {
      interactionId: w.interaction.id,
      comment: "Khách gọi 3 lần 🙂",
      ownerId: s.minh.userId,
    });
    expect(ticket).toMatchObject({
      status: "new",
      customerId: w.customerId,
      queueId: s.care,
      ownerId: s.minh.userId,
      interactionIds: [w.interaction.id],
      version: 1,
    });
    const { comments, history } = await get(s.minh, ticket.id);
    expect(comments).toMatchObject([{ text: "Khách gọi 3 lần 🙂", authorId: s.lan.userId }]);
    expect(history).toMatchObject([{ name: "ticket.created", actorId: s.lan.userId, changes: {} }]);
    expect((await told("ticket.created", ticket.id))[0]).toMatchObject({
      scopes: [`queue:${s.care}`, `user:${s.minh.userId}`, "all"],
      customer_id: w.customerId,
    });
  });

  test("made for a customer, it goes to the queue of the newest conversation that the caller may see", async () => {
    const w = await work(ctx, s, { queueId: s.care });
    expect(await create(s.ha, { customerId: w.customerId })).toMatchObject({ queueId: s.care });
    await expect(create(s.minh, { customerId: w.customerId })).rejects.toMatchObject({ code: "not_found" });
    await expect(create(s.lan, {})).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("somebody else's interaction makes no ticket", async () => {
    const w = await work(ctx, s, { queueId: s.care });
    await expect(create(s.minh, { interactionId: w.interaction.id })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(create(s.admin, { interactionId: w.interaction.id })).rejects.toThrow("not allowed");
  });

  test("one command repeated twenty times at once makes one ticket", async () => {
    const w = await work(ctx, s, { queueId: s.care });
    const input = { clientId: newId(), interactionId: w.interaction.id };
    const before = await lastNumber();
    const made = await Promise.all(Array.from({ length: 20 }, () => create(s.lan, input)));
    expect(new Set(made.map((t) => t.id)).size).toBe(1);
    expect(await told("ticket.created", made[0]?.id ?? "")).toHaveLength(1);
    expect(await lastNumber()).toBe(before + 1);
    const elsewhere = await work(ctx, s, { queueId: s.warranty });
    await expect(
      create(s.minh, { clientId: input.clientId, interactionId: elsewhere.interaction.id }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  const lastNumber = async () => {
    const rows = await ctx.store.db.selectFrom("ticket").select("number").orderBy("number").execute();
    expect(rows.map((r) => r.number)).toEqual(rows.map((_, i) => i + 1));
    return rows.length;
  };

  test("fifty made at once get fifty numbers without a gap, those that fail take none", async () => {
    const w = await work(ctx, s, { queueId: s.care });
    const before = await lastNumber();
    await Promise.allSettled(
      Array.from({ length: 60 }, (_, i) =>
        create(s.lan, { customerId: w.customerId, ownerId: i % 6 === 0 ? newId() : null }),
      ),
    );
    expect(await lastNumber()).toBe(before + 50);
  });

  test("an owner is somebody who is there and can work", async () => {
    const w = await work(ctx, s, { queueId: s.care });
    const gone = await person(ctx, { roles: ["agent"], queueIds: [s.care], disabled: true });
    const ticket = await create(s.lan, { customerId: w.customerId });
    for (const ownerId of [gone.userId, s.admin.userId, newId()]) {
      await expect(create(s.lan, { customerId: w.customerId, ownerId })).rejects.toMatchObject({
        code: "invalid_input",
      });
      await expect(update(s.lan, { ticketId: ticket.id, version: 1, ownerId })).rejects.toMatchObject({
        code: "invalid_input",
      });
    }
  });

  test("of twenty who change one version one wins; asking again for what is there is no conflict", async () => {
    const w = await work(ctx, s, { queueId: s.care });
    const ticket = await create(s.lan, { customerId: w.customerId });
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) =>
        update(s.lan, { ticketId: ticket.id, version: 1, subject: `Việc ${i}` }),
      ),
    );
    const won = results.flatMap((r) => (r.status === "fulfilled" ? r.value : []));
    expect(won).toHaveLength(1);
    for (const r of results)
      if (r.status === "rejected") expect(r.reason).toMatchObject({ code: "conflict" });
    const subject = won[0]?.subject ?? "";
    expect((await update(s.lan, { ticketId: ticket.id, version: 1, subject })).version).toBe(2);
    expect(await told("ticket.updated", ticket.id)).toHaveLength(1);
  });

  test("a closed ticket stays closed and takes only comments", async () => {
    const w = await work(ctx, s, { queueId: s.care });
    const { id } = await create(s.lan, { customerId: w.customerId });
    await update(s.lan, { ticketId: id, version: 1, status: "solved" });
    await update(s.lan, { ticketId: id, version: 2, status: "open" });
    await expect(update(s.lan, { ticketId: id, version: 3, status: "new" })).rejects.toMatchObject({
      code: "illegal_transition",
    });
    await update(s.lan, { ticketId: id, version: 3, status: "closed" });
    for (const change of [{ status: "open" }, { subject: "x" }, { ownerId: s.lan.userId }] as const)
      await expect(update(s.lan, { ticketId: id, version: 4, ...change })).rejects.toMatchObject({
        code: "illegal_transition",
      });
    await comment(s.lan, { clientId: newId(), ticketId: id, text: "sau khi đóng" });
    expect((await get(s.lan, id)).comments).toHaveLength(1);
  });

  test("who loses a ticket is told of that too, and no longer sees it", async () => {
    const w = await work(ctx, s, { queueId: s.care });
    const { id } = await create(s.lan, { customerId: w.customerId, ownerId: s.minh.userId });
    await update(s.minh, { ticketId: id, version: 1, ownerId: s.lan.userId, priority: "high" });
    expect((await told("ticket.updated", id))[0]?.scopes).toEqual([
      `queue:${s.care}`,
      `user:${s.minh.userId}`,
      "all",
      `user:${s.lan.userId}`,
    ]);
    await expect(get(s.minh, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(update(s.minh, { ticketId: id, version: 2, subject: "x" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(comment(s.minh, { clientId: newId(), ticketId: id, text: "x" })).rejects.toMatchObject({
      code: "not_found",
    });
    const { history } = await get(s.lan, id);
    expect(history[1]?.changes).toEqual({
      ownerId: [s.minh.userId, s.lan.userId],
      priority: ["normal", "high"],
    });
  });

  test("one comment repeated twenty times at once is one, and moves no version", async () => {
    const w = await work(ctx, s, { queueId: s.care });
    const ticket = await create(s.lan, { customerId: w.customerId });
    ctx.clock.advance(1_000);
    const input = { clientId: newId(), ticketId: ticket.id, text: "Đã gọi lại \u0000🙂 مرحبا Ngo\u0302" };
    const all = await Promise.all(Array.from({ length: 20 }, () => comment(s.lan, input)));
    expect(new Set(all.map((c) => c.comment.id)).size).toBe(1);
    const now = await get(s.lan, ticket.id);
    expect(now.comments.map((c) => c.text)).toEqual(["Đã gọi lại 🙂 مرحبا Ngô"]);
    expect(now.ticket).toMatchObject({ version: 1, updatedAt: ticket.updatedAt + 1_000 });
    expect(await told("ticket.commented", ticket.id)).toHaveLength(1);
    const other = await create(s.lan, { customerId: w.customerId });
    await expect(comment(s.lan, { ...input, ticketId: other.id })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("tells where its interactions took place and which could be linked, to those who may see the conversations", async () => {
    const w = await work(ctx, s, { queueId: s.care });
    const { id } = await create(s.lan, { interactionId: w.interaction.id, ownerId: s.minh.userId });
    const other = await create(s.lan, { customerId: w.customerId, ownerId: s.minh.userId });
    const { id: interactionId, conversation_id: conversationId, channel } = w.interaction;
    const talk = { interactionId, conversationId, channel, accountId: s.accounts[s.care] };
    expect((await get(s.lan, id)).talks).toMatchObject([talk]);
    expect((await get(s.minh, id)).talks).toEqual([]);
    // Open work can be linked; what is closed is shown where it is linked.
    expect((await get(s.lan, other.id)).talks).toMatchObject([talk]);
    const closed = { state: "closed", closed_at: ctx.clock.now() };
    await ctx.store.write((tx) => updateInteraction(tx, w.interaction, closed));
    expect((await get(s.lan, id)).talks).toMatchObject([{ ...talk, at: closed.closed_at }]);
    expect((await get(s.lan, other.id)).talks).toEqual([]);
  });

  test("interactions are linked once and unlinked once, of the same customer only", async () => {
    const w = await work(ctx, s, { queueId: s.care });
    const stranger = await work(ctx, s, { queueId: s.care });
    const hidden = await work(ctx, s, { queueId: s.warranty });
    const { id } = await create(s.lan, { customerId: w.customerId });
    const on = { ticketId: id, interactionId: w.interaction.id, linked: true };
    expect(await link(s.lan, on)).toMatchObject({ interactionIds: [w.interaction.id], version: 2 });
    expect(await link(s.lan, on)).toMatchObject({ version: 2 });
    expect(await link(s.lan, { ...on, linked: false })).toMatchObject({ interactionIds: [], version: 3 });
    expect(await link(s.lan, { ...on, linked: false })).toMatchObject({ version: 3 });
    await expect(link(s.lan, { ...on, interactionId: stranger.interaction.id })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(link(s.lan, { ...on, interactionId: hidden.interaction.id })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("a rule makes one ticket an interaction, called by the customer's first words", async () => {
    const w = await work(ctx, s, { queueId: s.care, ownerId: s.lan.userId, name: "0901234567" });
    const byRule = () =>
      ctx.store.write((tx) =>
        createTicketByRule(tx, ctx, { interaction: w.interaction, reason: "unresolved" }),
      );
    const made = await Promise.all(Array.from({ length: 20 }, byRule));
    expect(new Set(made.map((t) => t.id)).size).toBe(1);
    expect(made[0]).toMatchObject({
      subject: "0901234567",
      customerName: "0901 *** 567",
      ownerId: s.lan.userId,
      interactionIds: [w.interaction.id],
    });
    const { comments } = await get(s.lan, made[0]?.id ?? "");
    expect(comments).toMatchObject([{ text: "unresolved", authorId: null }]);
  });

  test("saved filters are one's own", async () => {
    const save = async (caller: Caller, input: CommandInput<"ticket_filter.save">) =>
      (await ask(ctx, caller, { name: "ticket_filter.save", handler: handlers["ticket_filter.save"], input }))
        .filter;
    const remove = (caller: Caller, id: string) =>
      ask(ctx, caller, {
        name: "ticket_filter.remove",
        handler: handlers["ticket_filter.remove"],
        input: { id },
      });
    const mine = await save(s.lan, { name: "Của tôi", query: { owner: "me", text: "a\u0000" } });
    const again = await save(s.lan, { name: "Của tôi", query: { owner: "none" } });
    expect(again).toEqual({ id: mine.id, name: "Của tôi", query: { owner: "none" } });
    expect(await listTicketFilters(ctx.store, s.lan.userId)).toEqual([again]);
    expect(await listTicketFilters(ctx.store, s.minh.userId)).toEqual([]);
    await expect(save(s.minh, { id: mine.id, name: "x", query: {} })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(remove(s.minh, mine.id)).rejects.toMatchObject({ code: "not_found" });
    await remove(s.lan, mine.id);
    await remove(s.lan, mine.id);
    const removed = await journalOf(ctx, "ticket_filter.removed");
    expect(removed.map((r) => r.scopes)).toEqual([[`user:${s.lan.userId}`]]);
  });
});
