import type { CommandInput, Suggestion } from "@tongdai/shared";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FakeChannel, fakeChannel } from "../../channels/fake/index.ts";
import { type FakeAccounts, fakeAccounts } from "../../testing/fake-accounts.ts";
import { ask, journalOf, type Scene, scene } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers as tickets } from "../tickets/index.ts";
import { handlers } from "./index.ts";

describe.each(["sqlite", "postgres"] as const)("one person on two channels, on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  /** Their ids are telephone numbers, and those of `chat` are names that the vendor made up. */
  const text = fakeChannel({ id: "sms", capabilities: { address: "phone" } });
  const chat = fakeChannel({ id: "zalo" });
  let accounts: FakeAccounts;
  beforeAll(async () => {
    ctx = await testCtx({ engine, channels: [text.channel, chat.channel] });
    s = await scene(ctx);
    accounts = await fakeAccounts(ctx, s.care, [text, chat]);
  });
  afterAll(() => ctx.close());

  let n = 0;
  const writes = (fake: FakeChannel, from: string, words = "chào") =>
    accounts.deliver(fake, fake.inbound().message({ from, text: words, externalId: `m${++n}` }));
  const confirms = (from: string, number: string) =>
    accounts.deliver(chat, {
      ...chat.inbound().notice({ from, confirmed: { kind: "phone", text: number } }),
      key: `k${++n}`,
    });
  const of = (fake: FakeChannel, externalId: string) => accounts.conversationOf(fake, externalId);
  const asked = async (customerId: string, caller = s.ha): Promise<Suggestion[]> => {
    const handler = handlers["customer.suggestions"];
    return (await ask(ctx, caller, { name: "customer.suggestions", handler, input: { customerId } }))
      .suggestions;
  };
  const get = async (customerId: string) => {
    const handler = handlers["customer.get"];
    return (await ask(ctx, s.ha, { name: "customer.get", handler, input: { customerId } })).customer;
  };
  const update = async (customerId: string, change: Partial<CommandInput<"customer.update">>) => {
    const { version } = await get(customerId);
    const input = { customerId, version, ...change };
    await ask(ctx, s.ha, { name: "customer.update", handler: handlers["customer.update"], input });
  };
  const apart = (customerId: string, otherId: string, on = true) =>
    ask(ctx, s.ha, {
      name: "customer.tell_apart",
      handler: handlers["customer.tell_apart"],
      input: { customerId, otherId, apart: on },
    });

  test("a number that the vendor confirms and a text from that number are one person, without anybody's doing", async () => {
    await writes(text, "+84901000001");
    await writes(chat, "z1");
    await confirms("z1", "0901 000 001");
    const one = await of(text, "+84901000001");
    expect((await of(chat, "z1")).customer_id).toBe(one.customer_id);
    const told = (await journalOf(ctx, "customer.linked")).at(-1);
    expect(told).toMatchObject({ actor_id: null });
    // The other way round: the number is known before the text comes.
    await writes(chat, "z2");
    await confirms("z2", "84901000002");
    await writes(text, "0901000002");
    expect((await of(text, "0901000002")).customer_id).toBe((await of(chat, "z2")).customer_id);
  });

  test("who was taken out is not linked again by the system", async () => {
    await writes(text, "+84901000003");
    await writes(chat, "z3");
    await confirms("z3", "0901000003");
    const together = await get((await of(chat, "z3")).customer_id);
    expect(together.identities).toHaveLength(2);
    const handler = handlers["customer.unlink"];
    const identityIds = [(await of(chat, "z3")).identity_id];
    const input = { customerId: together.id, version: together.version, identityIds };
    await ask(ctx, s.ha, { name: "customer.unlink", handler, input });
    await confirms("z3", "0901000003");
    await writes(text, "+84901000003", "lại đây");
    expect((await get(together.id)).identities).toHaveLength(1);
  });

  test("a number typed in a chat is a suggestion with its evidence, masked, and nothing more", async () => {
    await writes(text, "+84901000004");
    await writes(chat, "z4", "Em là Lan, số 0901 000 004 ạ");
    const [typed, owner] = [await of(chat, "z4"), await of(text, "+84901000004")];
    expect(typed.customer_id).not.toBe(owner.customer_id);
    expect(await asked(typed.customer_id)).toMatchObject([
      {
        customer: { id: owner.customer_id },
        evidence: [{ kind: "phone", value: "0901 *** 004", here: "typed", there: "address" }],
      },
    ]);
    expect(await asked(owner.customer_id)).toMatchObject([{ customer: { id: typed.customer_id } }]);
    expect(await asked(typed.customer_id, s.lan)).toHaveLength(1);
  });

  test("whom somebody has told apart is not suggested, until it is taken back", async () => {
    const [typed, owner] = [await of(chat, "z4"), await of(text, "+84901000004")];
    await apart(typed.customer_id, owner.customer_id);
    expect(await asked(typed.customer_id)).toEqual([]);
    await apart(owner.customer_id, typed.customer_id, false);
    expect(await asked(typed.customer_id)).toHaveLength(1);
    const told = await ctx.store.db
      .selectFrom("audit")
      .select(["action", "actor_id", "target"])
      .where("action", "in", ["customer.told_apart", "customer.not_told_apart"])
      .orderBy("id")
      .execute();
    const by = { actor_id: s.ha.userId };
    expect(told).toEqual([
      { ...by, action: "customer.told_apart", target: typed.customer_id },
      { ...by, action: "customer.not_told_apart", target: owner.customer_id },
    ]);
  });

  test("a shared order number is evidence; a name alone is none, and with a shared fact it is", async () => {
    for (const id of ["z5", "z6", "z7"]) await writes(chat, id);
    const [a, b, c] = [await of(chat, "z5"), await of(chat, "z6"), await of(chat, "z7")];
    await writes(chat, "z5", "đơn DH55501 của em đâu rồi");
    const input = {
      clientId: crypto.randomUUID(),
      interactionId: b.i_id,
      subject: "Đơn dh55501 DH-55501 giao chậm",
    };
    await ask(ctx, s.ha, { name: "ticket.create", handler: tickets["ticket.create"], input });
    expect(await asked(a.customer_id)).toMatchObject([
      {
        customer: { id: b.customer_id },
        evidence: [{ kind: "reference", value: "DH55501", there: "ticket" }],
      },
    ]);
    await update(b.customer_id, { name: "Trần Thị Bưởi" });
    await update(c.customer_id, { name: "tran thi buoi" });
    expect(await asked(c.customer_id)).toEqual([]);
    await update(b.customer_id, { attributes: { "Ngày sinh": "02/09/1990" } });
    await update(c.customer_id, { attributes: { "Ngày sinh": "02/09/1990" } });
    expect(await asked(c.customer_id)).toMatchObject([{ customer: { id: b.customer_id } }]);
    await update(c.customer_id, { attributes: { "Ngày sinh": null } });
    expect(await asked(c.customer_id)).toEqual([]);
  });

  test("what many share says nothing of any, and who is not to be seen is not suggested", async () => {
    for (let i = 0; i < 8; i++) await writes(chat, `many${i}`, "gọi tổng đài 1900 5454 hoặc 0281 000 0000");
    expect(await asked((await of(chat, "many0")).customer_id)).toEqual([]);
    await expect(asked((await of(chat, "z4")).customer_id, s.minh)).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
