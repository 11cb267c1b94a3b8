import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Ctx } from "../context.ts";
import { saveAccount } from "../features/channel-accounts/index.ts";
import { saveQueue } from "../features/queues/index.ts";
import { createLog } from "../log.ts";
import { quarantined } from "../store/backlog.ts";
import { updateDelivery } from "../store/inbound.ts";
import { type TestCtx, testCtx } from "../testing/test-ctx.ts";
import { type FakeChannel, fakeChannel } from "./fake/index.ts";
import { receiveDelivery, retryDelivery } from "./inbound.ts";

describe.each(["sqlite", "postgres"] as const)("a delivery that cannot be applied, on %s", (engine) => {
  let base: TestCtx;
  let ctx: Ctx;
  let fake: FakeChannel;
  let logged: string[];
  let tries: number;
  let isPoisonous: boolean;
  beforeEach(async () => {
    fake = fakeChannel();
    logged = [];
    base = await testCtx({ engine, channels: [fake.channel] });
    tries = 0;
    isPoisonous = true;
    ctx = {
      ...base,
      log: createLog("error", { write: (line: string) => void logged.push(line) }),
      ephemeral: {
        typing: () => {
          tries++;
          if (isPoisonous) throw new Error("poison");
        },
      },
    };
    const queue = { id: null, name: "Q", memberIds: [], offerSeconds: 30, wrapUpSeconds: 60 };
    const { id: queueId } = await saveQueue(ctx, null, {
      ...queue,
      dispositions: [{ name: "x", resolved: true }],
    });
    await saveAccount(ctx, null, {
      id: null,
      channel: "sms",
      name: "A",
      queueId,
      enabled: true,
      config: fake.config(),
    });
    await receive(fake.inbound().message({ externalId: "first", text: "trước đó" }));
  });
  afterEach(() => base.close());

  const receive = (...items: unknown[]) =>
    receiveDelivery(ctx, {
      channel: "sms",
      webhookKey: "fake-sms",
      body: fake.webhook(...items).raw.toString(),
    });
  const kept = async () => {
    const rows = await ctx.store.db.selectFrom("delivery").selectAll().where("state", "<>", "done").execute();
    return rows.map((r) => ({ id: r.id, state: r.state, attempts: r.attempts, error: r.error }));
  };
  const texts = async () =>
    (await ctx.store.db.selectFrom("message").select("text").orderBy("created_at").execute()).map(
      (m) => m.text,
    );
  const poisoned = async () => {
    const from = fake.inbound();
    await receive(
      from.message({ externalId: "before", text: "đứng trước" }),
      from.typing(),
      from.message({ externalId: "after", text: "đứng sau" }),
    );
    const [row] = await kept();
    if (!row) throw new Error("nothing was kept");
    return row;
  };

  test("is tried three times, its neighbours live, then it is put aside, counted and in the log", async () => {
    const { id, state } = await poisoned();
    expect([state, await texts()]).toEqual(["pending", ["trước đó"]]);
    await retryDelivery(ctx, id);
    expect((await texts()).sort()).toEqual(["trước đó", "đứng sau", "đứng trước"].sort());
    expect(await kept()).toMatchObject([{ state: "pending", attempts: 2 }]);
    expect(await quarantined(ctx.store)).toBe(0);
    await retryDelivery(ctx, id);
    expect(await kept()).toMatchObject([{ state: "quarantined", attempts: 3, error: "Error: poison" }]);
    expect(await quarantined(ctx.store)).toBe(1);
    expect(logged.filter((line) => line.includes("delivery quarantined"))).toHaveLength(1);
    tries = 0;
    await retryDelivery(ctx, id);
    expect([tries, (await texts()).length]).toEqual([0, 3]);
  });

  test("that ends the process at every attempt is put aside without another", async () => {
    const { id } = await poisoned();
    await ctx.store.write((tx) => updateDelivery(tx, id, { attempts: 3 }));
    tries = 0;
    await retryDelivery(ctx, id);
    expect(await kept()).toMatchObject([{ state: "quarantined" }]);
    expect(tries).toBe(0);
  });

  test("that could not be applied once is done at the next attempt, each message once", async () => {
    const { id } = await poisoned();
    isPoisonous = false;
    await retryDelivery(ctx, id);
    expect([await kept(), (await texts()).length]).toEqual([[], 3]);
  });
});
