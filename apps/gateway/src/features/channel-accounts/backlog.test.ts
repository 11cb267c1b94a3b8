import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../ids.ts";
import { accountById } from "../../store/accounts.ts";
import { heardFrom } from "../../store/inbound.ts";
import { scene } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers } from "./index.ts";

describe.each(["sqlite", "postgres"] as const)("what was put aside on %s", (engine) => {
  let ctx: TestCtx;
  beforeEach(async () => {
    ctx = await testCtx({ engine });
  });
  afterEach(() => ctx.close());

  test("stands beside when each account was last heard from", async () => {
    const [heard = "", other = ""] = Object.values((await scene(ctx)).accounts);
    const at = ctx.clock.now() - 90_000;
    await ctx.store.write((tx) => heardFrom(tx, heard, at));
    const { accounts } = await handlers["channel_account.backlog"](ctx);
    const of = (accountId: string) => accounts.find((a) => a.accountId === accountId)?.lastInboundAt;
    expect([of(heard), of(other)]).toEqual([at, null]);
  });

  test("is told for the accounts behind its webhook: how much, and when the last of it came", async () => {
    // Its two accounts are behind one webhook.
    const accountIds = Object.values((await scene(ctx)).accounts).sort();
    const row = await accountById(ctx.store, accountIds[0] ?? "");
    if (!row) throw new Error("no account");
    const now = ctx.clock.now();
    const came = (state: string, received_at: number, webhook_key = row.webhook_key) => ({
      id: newId(),
      channel: row.channel,
      webhook_key,
      received_at,
      body: "{}",
      state,
      attempts: 3,
      error: null,
    });
    const told = async () => {
      const { accounts } = await handlers["channel_account.backlog"](ctx);
      return accounts.map(({ accountId, quarantined }) => ({ accountId, quarantined }));
    };
    expect((await told()).map((a) => a.quarantined)).toEqual([null, null]);
    await ctx.store.write((tx) =>
      tx.db
        .insertInto("delivery")
        .values([
          came("quarantined", now - 9_000),
          came("quarantined", now - 5_000),
          came("pending", now - 1_000),
          came("quarantined", now, "another"),
        ])
        .execute(),
    );
    expect((await told()).toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1))).toEqual(
      accountIds.map((accountId) => ({ accountId, quarantined: { count: 2, newestAt: now - 5_000 } })),
    );
  });
});
