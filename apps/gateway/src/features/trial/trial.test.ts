import { TRIAL_MS } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fakeChannel } from "../../channels/fake/index.ts";
import { newId } from "../../ids.ts";
import { updateConversation } from "../../store/conversations.ts";
import { messageById } from "../../store/messages.ts";
import { outboxById } from "../../store/outbox.ts";
import { ask, type Scene, scene, type Work, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers } from "./index.ts";

describe.each(["sqlite", "postgres"] as const)("trying an account, on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  let w: Work;
  let accountId: string;
  beforeEach(async () => {
    ctx = await testCtx({ engine, channels: [fakeChannel({ id: "facebook" }).channel] });
    s = await scene(ctx);
    w = await work(ctx, s, { queueId: s.care });
    accountId = s.accounts[s.care] ?? "";
  });
  afterEach(() => ctx.close());

  const wroteAt = (at: number) =>
    ctx.store.write((tx) =>
      updateConversation(tx, w.conversationId, {
        last_inbound_at: at,
        last_message_at: at,
        window_opened_at: at,
      }),
    );
  const look = (input: object = {}) =>
    ask(ctx, s.admin, {
      name: "trial.look",
      handler: handlers["trial.look"],
      input: { accountId, since: ctx.clock.now() - 1_000, ...input },
    });
  const answer = (input: object = {}) =>
    ask(ctx, s.admin, {
      name: "trial.answer",
      handler: handlers["trial.answer"],
      input: { clientId: newId(), accountId, conversationId: w.conversationId, text: "Thử", ...input },
    });

  test("tells who wrote since it began, and nobody who wrote before", async () => {
    const now = ctx.clock.now();
    await wroteAt(now - 2_000);
    expect(await look()).toEqual({ heard: null, answer: null });
    await wroteAt(now);
    expect(await look()).toMatchObject({ heard: { conversationId: w.conversationId, at: now } });
    expect(await look({ accountId: s.accounts[s.warranty] })).toMatchObject({ heard: null });
  });

  test("answers in nobody's name, once for a command, and tells what became of it", async () => {
    await wroteAt(ctx.clock.now());
    const clientId = newId();
    const { messageId } = await answer({ clientId });
    expect(await answer({ clientId })).toEqual({ messageId });
    expect(await messageById(ctx.store, messageId)).toMatchObject({ author_kind: "system", text: "Thử" });
    expect(await outboxById(ctx.store, messageId)).toMatchObject({ account_id: accountId });
    expect(await look({ messageId })).toMatchObject({ answer: { state: "queued", error: null } });
    const other = s.accounts[s.warranty];
    expect(await look({ accountId: other, messageId })).toMatchObject({ answer: null });
  });

  test("answers nobody who wrote longer ago than ten minutes, elsewhere, or to an account that is off", async () => {
    await wroteAt(ctx.clock.now() - TRIAL_MS - 1);
    await expect(answer()).rejects.toMatchObject({ code: "expired" });
    await wroteAt(ctx.clock.now());
    await expect(answer({ accountId: s.accounts[s.warranty] })).rejects.toMatchObject({ code: "not_found" });
    await ctx.store.write((tx) =>
      tx.db.updateTable("channel_account").set({ enabled: 0 }).where("id", "=", accountId).execute(),
    );
    await expect(answer()).rejects.toMatchObject({ code: "channel_paused" });
  });
});
