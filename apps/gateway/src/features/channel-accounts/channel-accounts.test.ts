import type { CommandParsed } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FakeChannel, fakeChannel } from "../../channels/fake/index.ts";
import type { Caller } from "../../context.ts";
import { newId } from "../../ids.ts";
import { accountById } from "../../store/accounts.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { saveQueue } from "../queues/index.ts";
import { handlers, lookForSilence, openAccount, setHealth } from "./index.ts";

const DAY = 86_400_000;
const caller: Caller = {
  userId: newId(),
  sessionId: newId(),
  roles: ["admin"],
  permissions: new Set(["channels.manage"]),
  queueIds: [],
};

describe.each(["sqlite", "postgres"] as const)("channel accounts on %s", (engine) => {
  let ctx: TestCtx;
  let fake: FakeChannel;
  let queueId: string;
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
    queueId = (await saveQueue(ctx, null, queue)).id;
    ctx.woken.length = 0;
  });
  afterEach(() => ctx.close());

  const save = async (change: Partial<CommandParsed<"channel_account.save">> = {}) => {
    const input = {
      id: null,
      channel: "sms" as const,
      name: "Cửa hàng",
      queueId,
      enabled: true,
      config: fake.config(),
    };
    return (await handlers["channel_account.save"](ctx, caller, { ...input, ...change })).account;
  };
  const check = async (accountId: string) =>
    (await handlers["channel_account.check"](ctx, caller, { accountId })).account;
  const setup = (accountId: string | null, publicUrl: string | null) =>
    handlers["channel_account.setup"]({ ...ctx, config: { ...ctx.config, publicUrl } }, caller, {
      accountId,
    });

  test("tells what to paste at the vendor and what is no secret, and no other part of the configuration", async () => {
    const { id: accountId } = await save();
    const told = await setup(accountId, "https://desk.example.com/");
    const path = new URL(told.publicUrl + (told.webhook?.path ?? "")).pathname.split("/");
    const row = await accountById(ctx.store, accountId);
    expect(path).toEqual(["", "webhooks", "sms", row?.webhook_key]);
    expect(told).toEqual({
      publicUrl: "https://desk.example.com",
      webhook: { path: path.join("/"), verifyToken: fake.config()["verifyToken"] },
      values: { externalId: fake.config()["externalId"] },
    });
  });

  test("before the first account there is the public address only, or nothing", async () => {
    expect(await setup(null, "https://desk.example.com")).toEqual({
      publicUrl: "https://desk.example.com",
      webhook: null,
      values: {},
    });
    expect(await setup(null, null)).toEqual({ publicUrl: null, webhook: null, values: {} });
    await expect(setup(newId(), null)).rejects.toMatchObject({ code: "not_found" });
  });

  test("a queue of comments is refused where nobody comments, and where there is no such queue", async () => {
    await expect(save({ commentQueueId: queueId })).rejects.toMatchObject({
      code: "invalid_input",
      details: { field: "commentQueueId" },
    });
    expect(await save({ commentQueueId: null })).toMatchObject({ commentQueueId: null });
  });

  const changes = () =>
    ctx.store.db
      .selectFrom("journal")
      .selectAll()
      .where("name", "=", "channel_account.changed")
      .orderBy("seq")
      .execute();
  const hold = (accountId: string) =>
    ctx.store.write((tx) =>
      tx.db
        .insertInto("outbox")
        .values({
          id: newId(),
          kind: "message",
          account_id: accountId,
          lane: "l",
          payload: "{}",
          state: "held",
          attempts: 1,
          next_at: 0,
          lease_until: null,
        })
        .execute(),
    );
  const outboxStates = async () =>
    (await ctx.store.db.selectFrom("outbox").select("state").execute()).map((r) => r.state);

  test("the vendor's id and the webhook key come from the configuration, which is unreadable at rest", async () => {
    const account = await save();
    expect(account).toMatchObject({ externalId: "fake-account", channel: "sms", enabled: true });
    expect(account.health).toMatchObject({ state: "ok", lastInboundAt: null, lastError: null });
    const row = await accountById(ctx.store, account.id);
    expect(row?.webhook_key).toBe("fake-sms");
    const everything = JSON.stringify([
      row,
      await changes(),
      await ctx.store.db.selectFrom("audit").selectAll().execute(),
    ]);
    expect(everything).not.toContain("fake-secret");
    expect(everything).not.toContain("fake-token");
  });

  test("a bad configuration is refused by the channel with the names of the fields", async () => {
    const refused = save({ config: { ...fake.config(), secret: 5, extra: true } });
    await expect(refused).rejects.toMatchObject({ code: "invalid_input" });
    const error: unknown = await refused.catch((e: unknown) => e);
    expect(Object.keys((error as { details: { fields: object } }).details.fields).toSorted()).toEqual([
      "extra",
      "secret",
    ]);
  });

  test("fields left out or left empty keep what is stored", async () => {
    const { id } = await save();
    const account = await save({ id, name: "Khác", config: { secret: "", verifyToken: "other" } });
    expect(account).toMatchObject({ id, name: "Khác" });
    const row = await accountById(ctx.store, id);
    expect(JSON.parse(ctx.secrets.open(row?.config ?? ""))).toEqual({
      ...fake.config(),
      verifyToken: "other",
    });
  });

  test("an account is connected once and never becomes another one", async () => {
    const { id } = await save();
    await expect(save()).rejects.toMatchObject({ code: "conflict" });
    await expect(save({ id, config: { externalId: "other" } })).rejects.toMatchObject({ code: "conflict" });
    await expect(save({ id: newId() })).rejects.toMatchObject({ code: "not_found" });
    await expect(save({ queueId: newId(), config: fake.config("b") })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("an opened account is kept until its configuration changes", async () => {
    const { id } = await save();
    const row = async () => {
      const found = await accountById(ctx.store, id);
      if (!found) throw new Error("gone");
      return found;
    };
    const first = openAccount(ctx, await row());
    expect(openAccount(ctx, await row())).toBe(first);
    await save({ id, config: { verifyToken: "other" } });
    const second = openAccount(ctx, await row());
    expect(second).not.toBe(first);
    expect(second.handshake(new URLSearchParams({ token: "other", challenge: "c" }))).toBe("c");
  });

  test("a check tells the health, and a good one lets go what was held", async () => {
    const { id } = await save();
    await hold(id);
    fake.answerChecks({ state: "login_needed", name: null, detail: "token of 0912345678 expired" });
    const bad = await check(id);
    expect(bad.health).toMatchObject({ state: "login_needed", lastError: "token of [phone] expired" });
    expect(await outboxStates()).toEqual(["held"]);
    fake.answerChecks(null);
    ctx.clock.advance(5_000);
    const good = await check(id);
    expect(good.health).toMatchObject({ state: "ok", since: ctx.clock.now(), lastError: null });
    expect(await outboxStates()).toEqual(["ready"]);
    expect(ctx.woken).toContain("outbox");
  });

  test("a check that nobody answers ends after a while and changes nothing", async () => {
    const { id } = await save();
    const slow = openAccount(ctx, (await accountById(ctx.store, id)) ?? never());
    const asked = Promise.withResolvers<AbortSignal>();
    Object.assign(slow, {
      check: (signal: AbortSignal) => {
        asked.resolve(signal);
        return new Promise(() => {});
      },
    });
    const checked = check(id);
    const signal = await asked.promise;
    ctx.clock.advance(15_000);
    await expect(checked).rejects.toMatchObject({ code: "timeout" });
    expect(signal.aborted).toBe(true);
    expect(ctx.clock.pending).toBe(0);
    expect(await changes()).toHaveLength(1);
  });

  test("switching off and on again shows in the health and lets go what was held", async () => {
    const { id } = await save();
    await hold(id);
    expect((await save({ id, enabled: false, config: {} })).health.state).toBe("off");
    await expect(check(id)).rejects.toMatchObject({ code: "conflict" });
    expect((await save({ id, config: {} })).health.state).toBe("ok");
    expect(await outboxStates()).toEqual(["ready"]);
  });

  test("the same health again is no news", async () => {
    const { id } = await save();
    const set = () =>
      ctx.store.write((tx) => setHealth(tx, ctx, { accountId: id, state: "restricted", error: "policy" }));
    expect(await set()).toBe(true);
    expect(await set()).toBe(false);
    const rows = await changes();
    expect(rows).toHaveLength(2);
    expect(rows[1]?.scopes).toBe('["org"]');
  });

  test("an account from which nothing comes for a day is silent, whether it was ever heard or not", async () => {
    const { id } = await save();
    const look = () => ctx.store.write((tx) => lookForSilence(tx, ctx, id));
    const timer = () =>
      ctx.store.db.selectFrom("timer").selectAll().where("kind", "=", "account_silent").executeTakeFirst();
    const state = async () => (await accountById(ctx.store, id))?.health;
    expect(await timer()).toMatchObject({
      kind: "account_silent",
      subject_id: id,
      due_at: ctx.clock.now() + DAY,
    });

    ctx.clock.advance(DAY - 1);
    await look();
    expect(await state()).toBe("ok");
    ctx.clock.advance(1);
    await look();
    expect(await state()).toBe("silent");
    expect((await changes()).length).toBe(2);
    await ctx.store.write((tx) => setHealth(tx, ctx, { accountId: id, state: "ok", error: null }));

    const heardAt = ctx.clock.now();
    await ctx.store.write((tx) =>
      tx.db.updateTable("channel_account").set({ last_inbound_at: heardAt }).execute(),
    );
    ctx.clock.advance(DAY / 2);
    await look();
    expect(await state()).toBe("ok");
    expect(await timer()).toMatchObject({ due_at: heardAt + DAY });
    ctx.clock.advance(DAY / 2);
    await look();
    expect(await state()).toBe("silent");
  });
});

const never = (): never => {
  throw new Error("not there");
};
