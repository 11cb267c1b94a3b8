import type { AccountFact } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FakeChannel, fakeChannel } from "../../channels/fake/index.ts";
import type { Caller } from "../../context.ts";
import { addGauges, createMetrics } from "../../http/metrics.ts";
import { newId } from "../../ids.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { saveQueue } from "../queues/index.ts";
import { handlers, lookForAlarms } from "./index.ts";

const DAY = 86_400_000;
const caller: Caller = {
  userId: newId(),
  sessionId: newId(),
  roles: ["admin"],
  permissions: new Set(["channels.manage"]),
  queueIds: [],
};

describe.each(["sqlite", "postgres"] as const)("facts of an account on %s", (engine) => {
  let ctx: TestCtx;
  let fake: FakeChannel;
  let accountId: string;
  beforeEach(async () => {
    fake = fakeChannel();
    ctx = await testCtx({ engine, channels: [fake.channel] });
    const queue = {
      id: null,
      name: "Q",
      memberIds: [],
      offerSeconds: 30,
      wrapUpSeconds: 60,
      dispositions: [{ name: "x", resolved: true }],
    };
    const queueId = (await saveQueue(ctx, null, queue)).id;
    const input = { id: null, channel: "sms" as const, name: "Hộp thư", queueId, enabled: true };
    const saved = await handlers["channel_account.save"](ctx, caller, { ...input, config: fake.config() });
    accountId = saved.account.id;
  });
  afterEach(() => ctx.close());

  const check = async (facts?: readonly AccountFact[]) => {
    fake.answerChecks({ state: "ok", name: null, detail: null, ...(facts && { facts }) });
    return (await handlers["channel_account.check"](ctx, caller, { accountId })).account;
  };
  const expiry = (days: number): AccountFact => ({
    kind: "expiry",
    at: ctx.clock.now() + days * DAY,
    renews: false,
  });
  const timer = async () =>
    (
      await ctx.store.db
        .selectFrom("timer")
        .select("due_at")
        .where("key", "=", `account_alarm:${accountId}`)
        .executeTakeFirst()
    )?.due_at;
  const ring = () => ctx.store.write((tx) => lookForAlarms(tx, ctx, accountId));
  const told = async () => {
    const rows = await ctx.store.db
      .selectFrom("journal")
      .select("data")
      .where("name", "=", "channel_account.changed")
      .orderBy("seq")
      .execute();
    return rows.map(({ data }) => JSON.parse(data).account.alarms);
  };

  test("an alarm rings 14 days before a permission ends, worse 3 days before, once each, and ends with a new permission", async () => {
    expect((await check([expiry(20)])).alarms).toEqual([]);
    const before = (await told()).length;
    expect(await timer()).toBe(ctx.clock.now() + 6 * DAY);
    ctx.clock.advance(6 * DAY);
    await ring();
    await ring();
    const at = ctx.clock.now() + 14 * DAY;
    expect(await timer()).toBe(at - 3 * DAY);
    ctx.clock.advance(11 * DAY);
    await ring();
    expect((await told()).slice(before)).toEqual([
      [{ kind: "expiry", level: "warning", at }],
      [{ kind: "expiry", level: "danger", at }],
    ]);
    expect(await timer()).toBeUndefined();
    expect((await check([expiry(60)])).alarms).toEqual([]);
  });

  test("what a vendor tells is kept for those who manage channels, and stays when it tells nothing more", async () => {
    const quota = { kind: "quota", of: "templates", left: 20, total: 500, resetsAt: null } as const;
    const account = await check([quota, { kind: "balance", amount: 150_000, currency: "VND" }]);
    expect(account.alarms).toEqual([{ kind: "quota", level: "warning", at: null, of: "templates" }]);
    expect(account).not.toHaveProperty("facts");
    await check();
    const { accounts } = await handlers["channel_account.backlog"](ctx);
    expect(accounts[0]).toMatchObject({
      facts: [quota, { kind: "balance", amount: 150_000, currency: "VND" }],
      factsAt: ctx.clock.now(),
    });
    const metrics = createMetrics();
    addGauges(metrics, ctx, { loopDelay: () => 0, socketsConnected: () => 0 });
    const text = await metrics.registry.metrics();
    const labels = 'channel="sms",account="Hộp thư"';
    expect(text).toContain(`tongdai_channel_account_quota_left{${labels},of="templates"} 20`);
    expect(text).toContain(`tongdai_channel_account_balance{${labels},currency="VND"} 150000`);
    expect(text).toContain(`tongdai_channel_account_alarm{${labels},kind="quota",level="warning"} 1`);
  });
});
