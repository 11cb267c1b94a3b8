import { expect, onTestFinished, test } from "vitest";
import { fakeChannel } from "../../channels/fake/index.ts";
import { newId } from "../../ids.ts";
import { updateAccount } from "../../store/accounts.ts";
import { testCtx } from "../../testing/test-ctx.ts";
import { saveQueue } from "../queues/index.ts";
import { checkAccount } from "./check-account.ts";
import { saveAccount } from "./index.ts";

test("an account whose secrets do not open any more says so, and is connected again with all of them", async () => {
  const fake = fakeChannel();
  const ctx = await testCtx({ channels: [fake.channel] });
  onTestFinished(() => ctx.close());
  const queue = await saveQueue(ctx, null, {
    id: null,
    name: "Q",
    memberIds: [],
    offerSeconds: 30,
    wrapUpSeconds: 60,
    dispositions: [{ name: "x", resolved: true }],
  });
  const whole = { channel: "sms", name: "Cửa hàng", queueId: queue.id, enabled: true } as const;
  const save = (id: string | null, config: Record<string, unknown>) =>
    saveAccount(ctx, null, { ...whole, id, config });
  const check = (id: string) => checkAccount(ctx, { userId: newId(), sessionId: newId() }, id);

  const { id } = await save(null, fake.config());
  await ctx.store.write((tx) => updateAccount(tx, id, { config: "v1.lost" }));
  await expect(check(id)).resolves.toMatchObject({ health: { state: "login_needed" } });
  await expect(save(id, {})).rejects.toMatchObject({ code: "invalid_input" });
  await save(id, fake.config());
  await expect(check(id)).resolves.toMatchObject({ health: { state: "ok" } });
});
