import type { CommandInput, EventData, Message } from "@tongdai/shared";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "../../context.ts";
import { newId } from "../../ids.ts";
import { toConversation, toMessage } from "../../presenters/conversation.ts";
import { conversationById } from "../../store/conversations.ts";
import { insertMessage, messageById } from "../../store/messages.ts";
import { ask, type Scene, scene, type Work, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { createTicketByRule } from "../tickets/index.ts";
import { handlers } from "./index.ts";

describe.each(["sqlite", "postgres"] as const)("timeline on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  beforeAll(async () => {
    ctx = await testCtx({ engine });
    s = await scene(ctx);
  });
  afterAll(() => ctx.close());

  const timeline = (caller: Caller, input: CommandInput<"customer.timeline">) =>
    ask(ctx, caller, { name: "customer.timeline", handler: handlers["customer.timeline"], input });

  const conversationNow = async (w: Work) => {
    const view = await conversationById(ctx.store, w.conversationId);
    if (!view) throw new Error("the scene's conversation is there");
    return toConversation(view);
  };

  async function message(w: Work, text: string): Promise<Message> {
    const conversation = await conversationNow(w);
    const at = ctx.clock.now();
    return ctx.store.write(async (tx) => {
      const id = newId();
      await insertMessage(tx, {
        id,
        conversation_id: w.conversationId,
        account_id: conversation.accountId,
        interaction_id: w.interaction.id,
        kind: "message",
        direction: "in",
        author_kind: "customer",
        author_id: null,
        text,
        folded: "",
        attachments: "[]",
        reply_to_id: null,
        reply_to_external_id: null,
        reply_excerpt: "",
        reactions: "[]",
        mentions: "[]",
        state: "received",
        error: null,
        event: null,
        revision: 0,
        external_id: id,
        client_id: null,
        part: 0,
        at,
        created_at: at,
      });
      const row = await messageById(tx, id);
      if (!row) throw new Error("a message that was just written is there");
      tx.journal({
        name: "message.created",
        at,
        actorId: null,
        scopes: ["all"],
        data: { message: toMessage(row), conversation },
        refs: { customerId: w.customerId, conversationId: w.conversationId },
      });
      return toMessage(row);
    });
  }

  async function step(
    w: Work,
    name: "interaction.offered" | "interaction.transferred" | "interaction.closed",
    note: string | null,
  ): Promise<void> {
    const data: EventData<"interaction.closed"> = {
      conversation: await conversationNow(w),
      reasons: [],
      userId: null,
      note,
      disposition: name === "interaction.closed" ? "Đã giải quyết" : null,
      form: [],
    };
    await ctx.store.write(async (tx) =>
      tx.journal({
        name,
        at: ctx.clock.now(),
        actorId: s.lan.userId,
        scopes: [],
        data,
        refs: { customerId: w.customerId, conversationId: w.conversationId, interactionId: w.interaction.id },
      }),
    );
  }

  test("tells what means something, newest first, each with a line", async () => {
    const w = await work(ctx, s, { queueId: s.care });
    await message(w, `Đơn hàng ${"của em ".repeat(60)}`);
    await step(w, "interaction.offered", null);
    await step(w, "interaction.transferred", "nhờ bảo hành xem");
    const ticket = await ctx.store.write((tx) =>
      createTicketByRule(tx, ctx, {
        interaction: w.interaction,
        subject: "Giao hàng trễ",
        reason: "unresolved",
      }),
    );
    await step(w, "interaction.closed", "ghi chú");
    const { entries, next } = await timeline(s.lan, { customerId: w.customerId });
    expect(next).toBeNull();
    expect(entries.map((e) => [e.name, e.summary.slice(0, 20)])).toEqual([
      ["interaction.closed", "Đã giải quyết · ghi "],
      ["ticket.created", "Giao hàng trễ"],
      ["interaction.transferred", "nhờ bảo hành xem"],
      ["message.created", "Đơn hàng của em của "],
    ]);
    expect(entries[3]?.summary.length).toBeLessThanOrEqual(200);
    expect(entries[0]).toMatchObject({
      channel: "facebook",
      conversationId: w.conversationId,
      interactionId: w.interaction.id,
      actorId: s.lan.userId,
      direction: "none",
    });
    expect(entries[1]).toMatchObject({ ticketId: ticket.id, conversationId: null });
    expect(entries[3]).toMatchObject({ direction: "in" });
  });

  test("a message that was taken back or edited is told as it is now", async () => {
    const w = await work(ctx, s, { queueId: s.care });
    const gone = await message(w, "lỡ gửi");
    const edited = await message(w, "trước");
    await ctx.store.write(async (tx) => {
      await tx.db.updateTable("message").set({ state: "removed" }).where("id", "=", gone.id).execute();
      await tx.db.updateTable("message").set({ text: "sau" }).where("id", "=", edited.id).execute();
    });
    const { entries } = await timeline(s.lan, { customerId: w.customerId });
    expect(entries.map((e) => e.summary)).toEqual(["sau", ""]);
  });

  test("a row that does not parse is left out, and the rest is told", async () => {
    const w = await work(ctx, s, { queueId: s.care });
    for (const text of ["một", "hai", "ba"]) await message(w, text);
    const rows = await ctx.store.db
      .selectFrom("journal")
      .select("seq")
      .where("customer_id", "=", w.customerId)
      .where("name", "=", "message.created")
      .orderBy("seq")
      .execute();
    const break_ = (seq: number | undefined, data: string) =>
      ctx.store.write((tx) =>
        tx.db
          .updateTable("journal")
          .set({ data })
          .where("seq", "=", seq ?? 0)
          .execute(),
      );
    await break_(rows[1]?.seq, '{"message":{"text":7}}');
    const summaries = async () =>
      (await timeline(s.lan, { customerId: w.customerId, limit: 2 })).entries.map((e) => e.summary);
    expect(await summaries()).toEqual(["ba"]);
    await break_(rows[1]?.seq, "{");
    expect(await summaries()).toEqual(["ba"]);
    const { next } = await timeline(s.lan, { customerId: w.customerId, limit: 2 });
    const rest = await timeline(s.lan, { customerId: w.customerId, cursor: next ?? "" });
    expect(rest.entries.map((e) => e.summary)).toEqual(["một"]);
  });

  test("conversations and tickets of other queues are left out, strangers see nothing", async () => {
    const w = await work(ctx, s, { queueId: s.care });
    const other = await work(ctx, s, { queueId: s.warranty });
    await ctx.store.write(async (tx) => {
      const conversation = tx.db.updateTable("conversation").set({ customer_id: w.customerId });
      await conversation.where("id", "=", other.conversationId).execute();
      const identity = tx.db.updateTable("identity").set({ home_id: w.customerId });
      await identity.where("id", "=", other.identityId).execute();
    });
    const merged: Work = {
      ...other,
      customerId: w.customerId,
      interaction: { ...other.interaction, customer_id: w.customerId },
    };
    await message(w, "ở chăm sóc");
    await message(merged, "ở bảo hành");
    await ctx.store.write((tx) =>
      createTicketByRule(tx, ctx, {
        interaction: merged.interaction,
        subject: "Máy hỏng",
        reason: "unresolved",
      }),
    );
    const summaries = async (caller: Caller) =>
      (await timeline(caller, { customerId: w.customerId })).entries.map((e) => e.summary);
    expect(await summaries(s.lan)).toEqual(["ở chăm sóc"]);
    expect(await summaries(s.minh)).toEqual(["Máy hỏng", "ở bảo hành"]);
    await ctx.store.write((tx) =>
      tx.db.updateTable("ticket").set({ owner_id: s.lan.userId }).where("subject", "=", "Máy hỏng").execute(),
    );
    expect(await summaries({ ...s.lan, queueIds: [] })).toEqual(["Máy hỏng"]);
    expect(await summaries(s.ha)).toEqual(["Máy hỏng", "ở bảo hành", "ở chăm sóc"]);
    await expect(timeline(s.minh, { customerId: other.customerId })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("pages hold every entry once, whatever their size", async () => {
    const w = await work(ctx, s, { queueId: s.care });
    for (let i = 0; i < 17; i++) await message(w, `${i}`);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20 }), async (limit) => {
        const seen: string[] = [];
        let cursor: string | null | undefined;
        do {
          const page = await timeline(s.lan, {
            customerId: w.customerId,
            limit,
            ...(cursor ? { cursor } : {}),
          });
          seen.push(...page.entries.map((e) => e.summary));
          cursor = page.next;
        } while (cursor);
        expect(seen).toEqual(Array.from({ length: 17 }, (_, i) => `${16 - i}`));
      }),
      { numRuns: 15 },
    );
  });
});
