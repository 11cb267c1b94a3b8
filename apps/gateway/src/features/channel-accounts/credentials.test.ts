import { describe, expect, onTestFinished, test } from "vitest";
import { fakeChannel } from "../../channels/fake/index.ts";
import { setCredential } from "../../store/credentials.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { saveQueue } from "../queues/index.ts";
import { credentialsOf } from "./credentials.ts";
import { saveAccount } from "./index.ts";

/** An account, and its credentials as two processes on one store see them. */
async function setUp(engine: "sqlite" | "postgres") {
  const fake = fakeChannel();
  const ctx = await testCtx({ channels: [fake.channel], engine });
  onTestFinished(() => ctx.close());
  const queue = await saveQueue(ctx, null, {
    id: null,
    name: "Q",
    memberIds: [],
    offerSeconds: 30,
    wrapUpSeconds: 60,
    dispositions: [{ name: "x", resolved: true }],
  });
  const account = { channel: "sms", name: "A", queueId: queue.id, enabled: true, id: null } as const;
  const { id } = await saveAccount(ctx, null, { ...account, config: fake.config() });
  const other: TestCtx = { ...ctx, instanceId: "another" };
  return { ctx, id, here: credentialsOf(ctx, id), there: credentialsOf(other, id) };
}

/** Lets time pass until something is done: the other process looks again by and by. */
async function walking<T>(ctx: TestCtx, work: Promise<T>): Promise<T> {
  let isDone = false;
  const noted = work.finally(() => {
    isDone = true;
  });
  noted.catch(() => undefined);
  while (!isDone) {
    if (ctx.clock.pending > 0) ctx.clock.advance(200);
    await new Promise((resume) => setImmediate(resume));
  }
  return noted;
}

describe.each(["sqlite", "postgres"] as const)("what a vendor renews, on %s", (engine) => {
  test("is kept sealed, and read by everybody", async () => {
    const { ctx, id, here, there } = await setUp(engine);
    expect(await here.read()).toBeNull();
    expect(await here.replace(null, async () => "token-1")).toBe("token-1");
    expect(await there.read()).toBe("token-1");
    const row = await ctx.store.db.selectFrom("credential").selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ account_id: id, lease_until: 0 });
    expect(row.sealed).not.toContain("token-1");
  });

  test("is renewed once, whoever asks in whichever process meanwhile", async () => {
    const { ctx, here, there } = await setUp(engine);
    const asked = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<string>();
    let asking = 0;
    const renew = (): Promise<string> => {
      asking++;
      asked.resolve();
      return answered.promise;
    };
    const first = here.replace(null, renew);
    await asked.promise;
    const others = [here.replace(null, renew), there.replace(null, renew)];
    answered.resolve("token-1");
    expect(await first).toBe("token-1");
    expect(await walking(ctx, Promise.all(others))).toEqual(["token-1", "token-1"]);
    expect(asking).toBe(1);
  });

  test("that somebody has renewed already is not renewed again", async () => {
    const { here, there } = await setUp(engine);
    await here.replace(null, async () => "token-1");
    const never = () => Promise.reject(new Error("asked"));
    expect(await there.replace(null, never)).toBe("token-1");
    expect(await there.replace("token-0", never)).toBe("token-1");
    expect(await there.replace("token-1", async (stale) => `${stale}+`)).toBe("token-1+");
  });

  test("stays as it was when the vendor refuses, and the next one may ask at once", async () => {
    const { here } = await setUp(engine);
    await here.replace(null, async () => "token-1");
    await expect(here.replace("token-1", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await here.read()).toBe("token-1");
    expect(await here.replace("token-1", async () => "token-2")).toBe("token-2");
  });

  test("may be asked for again once a process that died with it is overdue", async () => {
    const { ctx, here, there } = await setUp(engine);
    const asked = Promise.withResolvers<void>();
    void here.replace(null, () => {
      asked.resolve();
      return new Promise(() => {});
    });
    await asked.promise;
    const before = ctx.clock.now();
    const renew = async () => "token-1";
    // Before whoever sends with it gives up without knowing whether anything has left.
    await expect(walking(ctx, there.replace(null, renew))).rejects.toMatchObject({ code: "unavailable" });
    expect(ctx.clock.now() - before).toBeLessThan(30_000);
    ctx.clock.advance(before + 60_000 - ctx.clock.now());
    expect(await there.replace(null, renew)).toBe("token-1");
  });

  test("of another connecting counts, whatever was being asked for", async () => {
    const { ctx, id, here } = await setUp(engine);
    const renewed = here.replace(null, async () => {
      await ctx.store.write((tx) => setCredential(tx, id, ctx.secrets.seal("connected again")));
      return "late";
    });
    expect(await renewed).toBe("connected again");
    expect(await here.read()).toBe("connected again");
    const refused = here.replace("connected again", async () => {
      await ctx.store.write((tx) => setCredential(tx, id, ctx.secrets.seal("and again")));
      throw new Error("the vendor's no to what was replaced");
    });
    expect(await refused).toBe("and again");
  });
});
