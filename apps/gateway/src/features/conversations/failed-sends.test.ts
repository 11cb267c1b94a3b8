import { FAILED_SENDS_KEPT_MS } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fakeChannel } from "../../channels/fake/index.ts";
import { newId } from "../../ids.ts";
import { conversationById } from "../../store/conversations.ts";
import { insertMessage, messageById } from "../../store/messages.ts";
import { outboxById } from "../../store/outbox.ts";
import { ask, type Scene, scene, type Work, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers as accountHandlers } from "../channel-accounts/index.ts";
import { handlers } from "./index.ts";
import { messageRow } from "./message-row.ts";

const DAY = 24 * 3_600_000;

describe.each(["sqlite", "postgres"] as const)("what did not arrive, on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  let w: Work;
  let accountId: string;
  beforeEach(async () => {
    const chat = fakeChannel({
      id: "facebook",
      capabilities: { replyWindow: { standard: DAY, human: null } },
    });
    ctx = await testCtx({ engine, channels: [chat.channel] });
    s = await scene(ctx);
    w = await work(ctx, s, { queueId: s.care });
    accountId = s.accounts[s.care] ?? "";
    await setAll("conversation", { window_opened_at: ctx.clock.now(), last_inbound_at: ctx.clock.now() });
  });
  afterEach(() => ctx.close());

  const setAll = (table: "identity" | "conversation", change: object) =>
    ctx.store.write((tx) => tx.db.updateTable(table).set(change).execute());

  async function wrote(state: string, at: number): Promise<string> {
    const view = await conversationById(ctx.store, w.conversationId);
    if (!view) throw new Error("no conversation");
    const row = messageRow(view, {
      kind: "message",
      direction: "out",
      author_kind: "agent",
      author_id: s.lan.userId,
      state,
      text: "bí mật",
      at,
      created_at: at,
    });
    await ctx.store.write((tx) => insertMessage(tx, row));
    return row.id;
  }
  const failures = (input: object = {}) =>
    ask(ctx, s.admin, {
      name: "message.failures",
      handler: handlers["message.failures"],
      input: { accountId, ...input },
    });
  const resend = (messageIds: string[]) =>
    ask(ctx, s.admin, {
      name: "message.resend",
      handler: handlers["message.resend"],
      input: { accountId, messageIds },
    });

  test("tells why without the address of whom it was for", async () => {
    const error = JSON.stringify({ code: "recipient_unknown", detail: "mai@khach.vn: 550, 0901234567" });
    const id = await wrote("failed", ctx.clock.now());
    await ctx.store.write((tx) => tx.db.updateTable("message").set({ error }).where("id", "=", id).execute());
    const { failures: told } = await failures();
    expect(told[0]?.error).toEqual({
      code: "recipient_unknown",
      detail: "m***@khach.vn: 550, 0901 *** 567",
    });
  });

  test("is listed newest first, page by page, for seven days, and never with its words", async () => {
    const now = ctx.clock.now();
    await wrote("failed", now - FAILED_SENDS_KEPT_MS - 1);
    await wrote("sent", now - 4);
    const first = await wrote("failed", now - 3);
    const second = await wrote("unknown", now - 2);
    const third = await wrote("failed", now - 1);
    const newest = await failures({ limit: 2 });
    expect(newest.failures.map((f) => f.messageId)).toEqual([third, second]);
    const rest = await failures({ cursor: newest.next });
    expect(rest).toMatchObject({ failures: [{ messageId: first, state: "failed" }], next: null });
    expect(JSON.stringify([newest, rest])).not.toContain("bí mật");
    const { accounts } = await accountHandlers["channel_account.backlog"](ctx);
    expect(accounts.find((a) => a.accountId === accountId)).toMatchObject({
      failed: 2,
      unknown: 1,
      toSend: 0,
    });
  });

  test("leaves again in the order in which it was written, once, and what is unclear stays", async () => {
    const now = ctx.clock.now();
    const [first, unclear, second] = [
      await wrote("failed", now - 3),
      await wrote("unknown", now - 2),
      await wrote("failed", now - 1),
    ];
    expect(await resend([second, unclear, first, newId()])).toEqual({
      resent: [first, second],
      hopeless: [],
    });
    expect(await resend([first, second])).toEqual({ resent: [], hopeless: [] });
    expect((await messageById(ctx.store, first))?.state).toBe("queued");
    expect((await messageById(ctx.store, unclear))?.state).toBe("unknown");
    expect(await outboxById(ctx.store, second)).toMatchObject({ lane: w.conversationId, state: "ready" });
    const { accounts } = await accountHandlers["channel_account.backlog"](ctx);
    expect(accounts.find((a) => a.accountId === accountId)).toMatchObject({
      failed: 0,
      unknown: 1,
      toSend: 2,
    });
  });

  test("what would only fail again is told apart at once, says why, and owes nothing", async () => {
    const now = ctx.clock.now();
    const [discarded, failed] = [await wrote("removed", now - 2), await wrote("failed", now - 1)];
    await setAll("identity", { opted_out_at: now });
    expect(await resend([failed, discarded])).toEqual({
      resent: [],
      hopeless: [
        { messageId: discarded, code: "gone" },
        { messageId: failed, code: "opted_out" },
      ],
    });
    const { failures: listed } = await failures();
    expect(listed).toMatchObject([{ messageId: failed, state: "failed", error: { code: "opted_out" } }]);
    expect(await outboxById(ctx.store, failed)).toBeUndefined();
    await setAll("identity", { opted_out_at: null });
    await setAll("conversation", { window_opened_at: 0, last_inbound_at: 0 });
    expect(await resend([failed])).toMatchObject({ hopeless: [{ code: "outside_window" }] });
    await setAll("conversation", { window_opened_at: now, last_inbound_at: now });
    expect(await resend([failed])).toEqual({ resent: [failed], hopeless: [] });
  });

  test("of another account, or of one that is switched off, stays where it is", async () => {
    const lost = await wrote("failed", ctx.clock.now());
    const other = s.accounts[s.warranty] ?? "";
    await expect(
      ask(ctx, s.admin, {
        name: "message.resend",
        handler: handlers["message.resend"],
        input: { accountId: other, messageIds: [lost] },
      }),
    ).resolves.toEqual({ resent: [], hopeless: [] });
    await ctx.store.write((tx) =>
      tx.db.updateTable("channel_account").set({ enabled: 0 }).where("id", "=", accountId).execute(),
    );
    await expect(resend([lost])).rejects.toMatchObject({ code: "channel_paused" });
    expect((await messageById(ctx.store, lost))?.state).toBe("failed");
  });
});
