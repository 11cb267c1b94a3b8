import type { CommandInput, Way } from "@tongdai/shared";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FakeChannel, fakeChannel } from "../../channels/fake/index.ts";
import type { Caller } from "../../context.ts";
import { conversationById } from "../../store/conversations.ts";
import { type FakeAccounts, fakeAccounts } from "../../testing/fake-accounts.ts";
import { ask, person, type Scene, scene } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers as customers } from "../customers/index.ts";
import { handlers } from "./index.ts";

const HOUR = 3_600_000;

describe.each(["sqlite", "postgres"] as const)("an answer by another channel, on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  const text = fakeChannel({ id: "sms", capabilities: { address: "phone", begins: true } });
  const chat = fakeChannel({
    id: "zalo",
    capabilities: { replyWindow: { standard: 24 * HOUR, human: null } },
  });
  let accounts: FakeAccounts;
  beforeAll(async () => {
    ctx = await testCtx({ engine, channels: [text.channel, chat.channel] });
    s = await scene(ctx);
    accounts = await fakeAccounts(ctx, s.care, [text, chat]);
  });
  afterAll(() => ctx.close());

  let n = 0;
  async function writes(fake: FakeChannel, from: string) {
    const item = {
      ...fake.inbound().message({ from, externalId: `m${++n}` }),
      at: ctx.clock.now(),
    };
    await accounts.deliver(fake, item);
    return accounts.conversationOf(fake, from);
  }
  const ways = async (customerId: string, caller: Caller = s.ha): Promise<Way[]> =>
    (
      await ask(ctx, caller, {
        name: "conversation.ways",
        handler: handlers["conversation.ways"],
        input: { customerId },
      })
    ).ways;
  const begin = async (input: CommandInput<"conversation.begin">, caller: Caller = s.lan) =>
    (await ask(ctx, caller, { name: "conversation.begin", handler: handlers["conversation.begin"], input }))
      .conversation;

  /** Somebody who has written by both, long enough ago that the chat's window is over. */
  async function both(name: string, first = text) {
    const byText = () => writes(text, `+8490200${name}`);
    const early = first === text ? await byText() : null;
    const zalo = await writes(chat, `z${name}`);
    const sms = early ?? (await byText());
    const of = async (customerId: string) =>
      (
        await ask(ctx, s.ha, {
          name: "customer.get",
          handler: customers["customer.get"],
          input: { customerId },
        })
      ).customer;
    const [one, other] = [await of(sms.customer_id), await of(zalo.customer_id)];
    await ask(ctx, s.ha, {
      name: "customer.link",
      handler: customers["customer.link"],
      input: { customerId: one.id, version: one.version, otherId: other.id, otherVersion: other.version },
    });
    ctx.clock.advance(25 * HOUR);
    return { customerId: one.id, sms, zalo };
  }
  const events = async (conversationId: string) =>
    (
      await ctx.store.db
        .selectFrom("message")
        .select("event")
        .where("conversation_id", "=", conversationId)
        .where("kind", "=", "event")
        .execute()
    ).map((m) => JSON.parse(m.event ?? "null"));

  test("the customer's addresses are told, the open ones first, each other one with what is in its way", async () => {
    const { customerId, sms, zalo } = await both("0001");
    expect(await ways(customerId)).toMatchObject([
      { identityId: sms.identity_id, channel: "sms", address: "0902 *** 001", obstacle: null },
      { identityId: zalo.identity_id, obstacle: "window_closed" },
    ]);
    const other = await both("0004", chat);
    expect((await ways(other.customerId)).map((w) => w.channel)).toEqual(["sms", "zalo"]);
    await ctx.store.write((tx) =>
      tx.db
        .updateTable("channel_account")
        .set({ health: "login_needed" })
        .where("channel", "=", "sms")
        .execute(),
    );
    expect((await ways(customerId)).map((w) => w.obstacle)).toContain("channel_paused");
    await ctx.store.write((tx) =>
      tx.db.updateTable("channel_account").set({ health: "ok" }).where("channel", "=", "sms").execute(),
    );
    await expect(ways(customerId, s.minh)).rejects.toMatchObject({ code: "not_found" });
  });

  test("the work goes on there with whoever goes on, each conversation leads to the other, and it is audited", async () => {
    const { sms, zalo } = await both("0002");
    const input = { clientId: crypto.randomUUID(), fromConversationId: zalo.id, identityId: sms.identity_id };
    const there = await begin(input);
    expect(there).toMatchObject({ id: sms.id, interaction: { state: "active", ownerId: s.lan.userId } });
    expect(await events(zalo.id)).toEqual([
      { name: "continued_on", data: { conversationId: sms.id, channel: "sms" } },
    ]);
    expect(await events(sms.id)).toEqual([
      { name: "continued_from", data: { conversationId: zalo.id, channel: "zalo" } },
    ]);
    // The same command again, whoever lost its answer.
    expect((await begin(input)).id).toBe(sms.id);
    expect(await events(sms.id)).toHaveLength(1);
    const audited = await ctx.store.db
      .selectFrom("audit")
      .select("actor_id")
      .where("action", "=", "conversation.begun")
      .where("target", "=", sms.id)
      .execute();
    expect(audited).toEqual([{ actor_id: s.lan.userId }]);
  });

  test("what is closed stays closed, and what somebody else has in hand stays theirs", async () => {
    const { sms, zalo } = await both("0003");
    const command = (identityId: string, fromConversationId: string) => ({
      clientId: crypto.randomUUID(),
      fromConversationId,
      identityId,
    });
    await expect(begin(command(zalo.identity_id, sms.id))).rejects.toMatchObject({
      code: "window_closed",
      details: { obstacle: "window_closed" },
    });
    await begin(command(sms.identity_id, zalo.id));
    const colleague = await person(ctx, { roles: ["agent"], queueIds: [s.care] });
    await expect(begin(command(sms.identity_id, zalo.id), colleague)).rejects.toMatchObject({
      code: "taken",
    });
    const stranger = await writes(text, "+84902009999");
    await expect(begin(command(stranger.identity_id, zalo.id))).rejects.toMatchObject({ code: "not_found" });
    expect((await conversationById(ctx.store, stranger.id))?.i_owner_id).toBeNull();
  });

  const change = (id: string, values: object) =>
    ctx.store.write((tx) => tx.db.updateTable("conversation").set(values).where("id", "=", id).execute());

  test("what waits in a queue where one has no business is not entered by another address", async () => {
    const { sms, zalo } = await both("0005");
    await change(sms.id, { queue_id: s.warranty });
    const input = { fromConversationId: zalo.id, identityId: sms.identity_id };
    const refused = begin({ clientId: crypto.randomUUID(), ...input });
    await expect(refused).rejects.toMatchObject({ code: "taken", details: { obstacle: "taken" } });
    expect((await begin({ clientId: crypto.randomUUID(), ...input }, s.ha)).id).toBe(sms.id);
  });

  test("where the customer has not written and the channel lets nobody begin, nothing is begun", async () => {
    const { sms, zalo, customerId } = await both("0006");
    await change(zalo.id, { last_inbound_at: null });
    expect((await ways(customerId)).map((w) => w.obstacle)).toEqual([null, "unopened"]);
    const input = { fromConversationId: sms.id, identityId: zalo.identity_id };
    await expect(begin({ clientId: crypto.randomUUID(), ...input })).rejects.toMatchObject({
      code: "window_closed",
      details: { obstacle: "unopened" },
    });
  });
});
