import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fakeChannel } from "../../channels/fake/index.ts";
import type { Caller } from "../../context.ts";
import { newId } from "../../ids.ts";
import { conversationOfIdentity } from "../../store/conversations.ts";
import { messageById } from "../../store/messages.ts";
import { outboxById } from "../../store/outbox.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";
import { fakeAccounts } from "../../testing/fake-accounts.ts";
import { ask, type Scene, scene } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers } from "./index.ts";

const MINE = "+84902000001";

describe.each(["sqlite", "postgres"] as const)("trying an account that only sends, on %s", (engine) => {
  const text = fakeChannel({
    id: "sms",
    capabilities: { address: "phone", begins: true, replyWindow: null },
  });
  let ctx: TestCtx;
  let s: Scene;
  let accountId: string;
  beforeEach(async () => {
    ctx = await testCtx({ engine, channels: [text.channel] });
    s = await scene(ctx);
    accountId = (await fakeAccounts(ctx, s.care, [text])).idOf(text);
    await set({ one_way: 1 });
  });
  afterEach(() => ctx.close());

  const set = (change: Partial<Pick<ChannelAccountRow, "one_way" | "enabled">>) =>
    ctx.store.write((tx) =>
      tx.db.updateTable("channel_account").set(change).where("id", "=", accountId).execute(),
    );
  const send = (input: object = {}, caller: Caller = s.admin) =>
    ask(ctx, caller, {
      name: "trial.send",
      handler: handlers["trial.send"],
      input: { clientId: newId(), accountId, address: "0902 000 001", text: "Thử", ...input },
    });

  test("sends to one's own number in nobody's name, once for a command, and asks nobody to work", async () => {
    const clientId = newId();
    const { messageId } = await send({ clientId });
    expect(await send({ clientId })).toEqual({ messageId });
    expect(await messageById(ctx.store, messageId)).toMatchObject({ author_kind: "system", text: "Thử" });
    expect(await outboxById(ctx.store, messageId)).toMatchObject({ account_id: accountId });
    expect(await conversationOfIdentity(ctx.store, accountId, MINE)).toMatchObject({ unread: 0 });
    expect(await ctx.store.db.selectFrom("interaction").select("id").execute()).toEqual([]);
    const audits = ctx.store.db.selectFrom("audit").select("actor_id").where("action", "=", "trial.sent");
    expect(await audits.execute()).toEqual([{ actor_id: s.admin.userId }]);
  });

  test("sends to nothing that is no number, to nobody who wants no more, and by no account that is off", async () => {
    await expect(send({ address: "SENVIET" })).rejects.toMatchObject({
      code: "invalid_input",
      details: { field: "address" },
    });
    await send();
    await ctx.store.write((tx) => tx.db.updateTable("identity").set({ opted_out_at: 1 }).execute());
    await expect(send()).rejects.toMatchObject({ code: "opted_out" });
    await set({ enabled: 0 });
    await expect(send()).rejects.toMatchObject({ code: "channel_paused" });
  });

  test("is for who manages channels, and for accounts that cannot be written to", async () => {
    await expect(send({}, s.lan)).rejects.toThrow("not allowed");
    await set({ one_way: 0 });
    await expect(send()).rejects.toMatchObject({ code: "invalid_input" });
  });
});
