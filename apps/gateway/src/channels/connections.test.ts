import { AppError } from "@tongdai/shared";
import { describe, expect, onTestFinished, test } from "vitest";
import { saveAccount } from "../features/channel-accounts/index.ts";
import { saveQueue } from "../features/queues/index.ts";
import { newId } from "../ids.ts";
import { accountById } from "../store/accounts.ts";
import { placeOf } from "../store/connections.ts";
import { namedFiles } from "../store/media.ts";
import { type TestCtx, testCtx } from "../testing/test-ctx.ts";
import type { Account, Channel, Link } from "./channel.ts";
import { type Connections, keepConnections } from "./connections.ts";
import { fakeChannel } from "./fake/index.ts";
import { retryDelivery } from "./inbound.ts";

interface Opened {
  readonly account: string;
  readonly link: Link;
  readonly signal: AbortSignal;
  readonly lose: (error: Error) => void;
}

/** A vendor that is called: each call of `connect` waits to be taken, in order. */
function line() {
  const calls: Opened[] = [];
  const takers: ((opened: Opened) => void)[] = [];
  return {
    untaken: () => calls.length,
    taken: (): Promise<Opened> => {
      const call = calls.shift();
      return call ? Promise.resolve(call) : new Promise((resolve) => takers.push(resolve));
    },
    connect: (account: string, link: Link, signal: AbortSignal): Promise<void> =>
      new Promise((resolve, lose) => {
        const opened = { account, link, signal, lose };
        signal.addEventListener("abort", () => resolve());
        const taker = takers.shift();
        if (taker) taker(opened);
        else calls.push(opened);
      }),
  };
}

async function setUp(engine: "sqlite" | "postgres", unpack?: Account["unpack"]) {
  const fake = fakeChannel();
  const vendor = line();
  const channel: Channel = {
    ...fake.channel,
    open: (config, deps) => {
      const account = fake.channel.open(config, deps);
      const unpacked = unpack && { unpack };
      return {
        ...account,
        ...unpacked,
        connect: (link, signal) => vendor.connect(account.externalId, link, signal),
      };
    },
  };
  const ctx = await testCtx({ engine, channels: [channel] });
  const runners: Connections[] = [];
  onTestFinished(async () => {
    for (const r of runners) await r.close();
    await ctx.close();
  });
  const { id: queueId } = await saveQueue(ctx, null, {
    id: null,
    name: "Q",
    memberIds: [],
    offerSeconds: 30,
    wrapUpSeconds: 60,
    dispositions: [{ name: "x", resolved: true }],
  });
  const save = (change: { id?: string; enabled?: boolean; config?: object } = {}) =>
    saveAccount(ctx, null, {
      id: null,
      channel: "sms",
      name: "A",
      queueId,
      enabled: true,
      ...change,
      config: { ...fake.config(), ...change.config },
    });
  const runner = (instanceId = ctx.instanceId): Connections => {
    const it = keepConnections(
      () => ({ ...ctx, instanceId }),
      () => 0.999,
    );
    runners.push(it);
    return it;
  };
  const health = async (id: string) => (await accountById(ctx.store, id))?.health;
  const body = (externalId: string, text = "Chào") => ({
    items: [fake.inbound().message({ externalId, text })],
  });
  return { ctx, fake, vendor, save, runner, health, body };
}

const deliveries = (ctx: TestCtx) => ctx.store.db.selectFrom("delivery").selectAll().orderBy("id").execute();
const texts = async (ctx: TestCtx) =>
  (await ctx.store.db.selectFrom("message").select("text").orderBy("id").execute()).map((m) => m.text);
const place = (from: string | null, to: string) => ({ source: "INBOX", from, to });

describe.each(["sqlite", "postgres"] as const)("a kept connection, on %s", (engine) => {
  test("is one for each account that is switched on, in one process only", async () => {
    const { vendor, save, runner } = await setUp(engine);
    await save();
    await save({ config: { externalId: "off" }, enabled: false });
    const here = runner();
    const there = runner("another");
    here.start();
    expect((await vendor.taken()).account).toBe("fake-account");
    there.start();
    await there.idle();
    await save({ config: { externalId: "second" } });
    expect((await vendor.taken()).account).toBe("second");
    await Promise.all([here.idle(), there.idle()]);
    expect(vendor.untaken()).toBe(0);
  });

  test("goes to another process when the first stops, and some time after it has died", async () => {
    const { ctx, vendor, save, runner } = await setUp(engine);
    await save();
    const first = runner("first");
    first.start();
    const opened = await vendor.taken();
    const second = runner("second");
    await first.close();
    expect(opened.signal.aborted).toBe(true);
    second.start();
    await vendor.taken();
    await second.idle();
    await second.close();
    await held(ctx, ctx.clock.now() + 30_000);
    const third = runner("third");
    third.start();
    await third.idle();
    expect(vendor.untaken()).toBe(0);
    ctx.clock.advance(30_001);
    await third.idle();
    await vendor.taken();
  });

  test("is ended by whoever lost the lease", async () => {
    const { ctx, vendor, save, runner } = await setUp(engine);
    await save();
    const here = runner();
    here.start();
    const opened = await vendor.taken();
    await here.idle();
    await held(ctx, ctx.clock.now() + 600_000);
    ctx.clock.advance(10_000);
    await here.idle();
    expect(opened.signal.aborted).toBe(true);
  });

  test("is made again after a while when it is lost, and people are told when that does not help", async () => {
    const { ctx, vendor, save, runner, health } = await setUp(engine);
    const { id } = await save();
    const here = runner();
    here.start();
    for (const expected of ["ok", "ok", "disabled"]) {
      (await vendor.taken()).lose(new Error("connection reset"));
      await until(async () => (await noted(ctx, id, expected)) && ctx.clock.pending > 0);
      await here.idle();
      expect(vendor.untaken()).toBe(0);
      ctx.clock.advance(10_000);
    }
    const { link } = await vendor.taken();
    link.up();
    await until(async () => (await health(id)) === "ok");
  });

  test("that the vendor refuses asks for a new login, and waits longer", async () => {
    const { ctx, vendor, save, runner, health } = await setUp(engine);
    const { id } = await save();
    const here = runner();
    here.start();
    const refused = new AppError("channel_paused", "wrong password", { state: "login_needed" });
    (await vendor.taken()).lose(refused);
    await until(async () => (await health(id)) === "login_needed");
    await here.idle();
    for (let s = 0; s < 29; s++) {
      ctx.clock.advance(10_000);
      await here.idle();
    }
    expect(vendor.untaken()).toBe(0);
    // Another password is tried at once.
    await save({ id, config: { secret: "other" } });
    await vendor.taken();
  });

  test("ends when its account changes or is switched off, and begins again with what was saved", async () => {
    const { vendor, save, runner } = await setUp(engine);
    const { id } = await save();
    const here = runner();
    here.start();
    const first = await vendor.taken();
    await save({ id, config: { secret: "other" } });
    const second = await vendor.taken();
    expect([first.signal.aborted, second.signal.aborted]).toEqual([true, false]);
    await save({ id, enabled: false });
    await until(async () => second.signal.aborted);
    await here.idle();
    expect(vendor.untaken()).toBe(0);
  });

  test("brings what came and its place in one: a place from which somebody else has gone on is refused", async () => {
    const { ctx, vendor, save, runner, body } = await setUp(engine);
    const { id } = await save();
    runner().start();
    const { link } = await vendor.taken();
    expect(await link.place("INBOX")).toBeNull();
    await link.receive([{ body: body("m1", "một"), file: null }], place(null, "1"));
    await link.receive([{ body: body("m2", "hai"), file: null }], place("1", "2"));
    for (const from of [null, "1"]) {
      const late = link.receive([{ body: body("m3"), file: null }], place(from, "3"));
      await expect(late).rejects.toMatchObject({ code: "conflict" });
    }
    expect([await placeOf(ctx.store, id, "INBOX"), await texts(ctx)]).toEqual(["2", ["một", "hai"]]);
    expect(await deliveries(ctx)).toHaveLength(2);
  });

  test("keeps what takes time to unpack first, and unpacks it again after the end of its process, once in all", async () => {
    let unpacked = 0;
    const dying = Promise.withResolvers<never>();
    const started = Promise.withResolvers<void>();
    const { ctx, vendor, save, runner } = await setUp(engine, async (packed) => {
      started.resolve();
      return ++unpacked === 1 ? dying.promise : packed;
    });
    const { id } = await save();
    runner().start();
    const { link } = await vendor.taken();
    const hash = "a".repeat(64);
    const never = link.receive([{ body: { items: [] }, file: hash }], place(null, "1"));
    await started.promise;
    expect(await placeOf(ctx.store, id, "INBOX")).toBe("1");
    const [row] = await deliveries(ctx);
    expect(row).toMatchObject({ state: "pending", attempts: 1, file: hash });
    expect(
      await ctx.store.db.selectFrom("timer").select("kind").where("kind", "=", "delivery").execute(),
    ).toHaveLength(1);
    expect(await namedFiles(ctx.store, [hash, "b".repeat(64)])).toEqual(new Set([hash]));
    await retryDelivery(ctx, row?.id ?? "");
    expect(await deliveries(ctx)).toMatchObject([{ state: "done", attempts: 2 }]);
    dying.reject(new Error("late"));
    await never;
    expect(await deliveries(ctx)).toMatchObject([{ state: "done" }]);
  });

  test("keeps what came together in one commit with its place, and one that cannot be applied takes nobody with it", async () => {
    const { ctx, vendor, save, runner, body } = await setUp(engine, async (packed) => {
      if (JSON.stringify(packed).includes("poison")) throw new Error("no mail");
      return packed;
    });
    await save();
    const here = runner();
    here.start();
    const { link } = await vendor.taken();
    // It looks after its leases only now and then.
    await here.idle();
    const commits: number[] = [];
    const { write } = ctx.store;
    ctx.store.write = (work, o) => {
      commits.push(1);
      return write(work, o);
    };
    const all = (words: string[]) => words.map((word) => ({ body: body(word, word), file: null }));
    await link.receive(all(["một", "hai", "ba"]), place(null, "3"));
    expect(commits).toHaveLength(2);
    await link.receive(
      [...all(["bốn"]), { body: { poison: newId() }, file: null }, ...all(["năm"])],
      place("3", "6"),
    );
    expect(await texts(ctx)).toEqual(["một", "hai", "ba", "bốn", "năm"]);
    expect((await deliveries(ctx)).filter((d) => d.state !== "done")).toMatchObject([
      { error: "Error: no mail" },
    ]);
    await expect(link.receive(all(["sáu"]), place("3", "7"))).rejects.toMatchObject({ code: "conflict" });
    expect(await deliveries(ctx)).toHaveLength(6);
  });

  test("puts aside what cannot be unpacked, and goes on", async () => {
    const { ctx, vendor, save, runner, body } = await setUp(engine, async (packed) => {
      if (JSON.stringify(packed).includes("poison")) throw new Error("no mail");
      return packed;
    });
    const { id } = await save();
    runner().start();
    const { link } = await vendor.taken();
    await link.receive([{ body: { poison: newId() }, file: null }], place(null, "1"));
    await link.receive([{ body: body("m2", "hai"), file: null }], place("1", "2"));
    expect([await placeOf(ctx.store, id, "INBOX"), await texts(ctx)]).toEqual(["2", ["hai"]]);
    const bad = (await deliveries(ctx)).find((d) => d.state !== "done");
    for (let i = 0; i < 2; i++) await retryDelivery(ctx, bad?.id ?? "");
    expect((await deliveries(ctx)).find((d) => d.id === bad?.id)).toMatchObject({
      state: "quarantined",
      attempts: 3,
      error: "Error: no mail",
    });
  });
});

/** By a process that is not ours. */
const held = (ctx: TestCtx, until: number): Promise<unknown> =>
  ctx.store.write((tx) =>
    tx.db.updateTable("connection").set({ holder: "other", lease_until: until }).execute(),
  );

async function noted(ctx: TestCtx, id: string, health: string): Promise<boolean> {
  return (await accountById(ctx.store, id))?.health === health;
}

/** Looks again whenever the machine has had a turn. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resume) => setImmediate(resume));
}
