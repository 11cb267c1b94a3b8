import type { CommandInput } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rowsOf } from "../support/meta.ts";
import { say, talk } from "../support/talk.ts";
import { drain } from "../support/until.ts";
import { received, type ZaloTalk, type ZaloWorld, zaloWorld } from "../support/zalo.ts";

const DAY = 24 * 3_600_000;
const SURVEY = "301002";
const VALUES = { customer_name: "Trần Hà", ticket: "P-1042" };

describe.each(["sqlite", "postgres"] as const)("templates on %s", (engine) => {
  let z: ZaloWorld;
  let t: ZaloTalk;
  beforeEach(async () => {
    z = await zaloWorld({ engine });
    t = await z.talk();
  });
  afterEach(() => z.close());

  type Some = Partial<CommandInput<"template.send">>;
  const send = (some: Some = {}) =>
    t.agent.call("template.send", {
      clientId: crypto.randomUUID(),
      conversationId: t.conversationId,
      templateId: SURVEY,
      values: VALUES,
      to: { by: "id" },
      price: { amount: 300, currency: "VND" },
      ...some,
    });
  const outgoing = async () => (await rowsOf(z.w, t.customer.userId)).filter((m) => m.direction === "out");
  const health = async () => {
    const rows = await z.w.gateway.ctx.store.db.selectFrom("channel_account").selectAll().execute();
    return rows.find(({ id }) => id === z.accountId)?.health;
  };

  test("behind a shut window one goes to the same customer, stands in the talk with its price, and its receipts move it on", async () => {
    z.zalo.timeTravel(8 * DAY);
    await say(t, "quá hạn");
    await z.settle();
    await expect(say(t, "lần nữa")).rejects.toMatchObject({ code: "window_closed" });
    const { templates } = await t.agent.call("template.list", { conversationId: t.conversationId });
    expect(templates.map((one) => [one.id, one.state])).toEqual([
      ["301001", "ready"],
      [SURVEY, "ready"],
      ["301005", "ready"],
      ["301003", "disabled"],
      ["301004", "pending"],
    ]);
    const clientId = crypto.randomUUID();
    const { message } = await send({ clientId });
    expect(message.template).toEqual({
      id: SURVEY,
      name: "Xin ý kiến về dịch vụ",
      price: { amount: 300, currency: "VND" },
      by: "id",
      phone: null,
    });
    expect((await send({ clientId })).message.id).toBe(message.id);
    await drain(z.w);
    await z.settle();
    expect(received(t.customer).map((m) => [m.text, m.charged])).toEqual([
      ["Chào Trần Hà, phiếu P-1042 của quý khách đã xong. Quý khách hài lòng chứ?", true],
    ]);
    // The echo carries neither its words nor an id of ours: it is the same message all the same.
    expect((await outgoing()).map((m) => m.state)).toEqual(["failed", "delivered"]);
  });

  test("one whose echo is quicker than the answer to its sending stays one message", async () => {
    z.zalo.faults.set("echo.beforeResponse", true, { times: 1 });
    await send();
    await z.settle();
    expect((await outgoing()).map((m) => [m.author_kind, m.state])).toEqual([["agent", "delivered"]]);
  });

  test("by telephone its receipt names the message by our id, so a lost answer is no riddle and no second copy", async () => {
    z.zalo.faults.set("send.closeAfterSend", true, { times: 1 });
    const { message } = await send({ to: { by: "phone", phone: "0912 345 678" } });
    expect(message.template).toMatchObject({ by: "phone", phone: expect.stringMatching(/\*/) });
    await drain(z.w);
    await z.settle();
    expect((await outgoing()).map((m) => m.state)).toEqual(["delivered"]);
    const there = z.zalo.customer({ oaId: t.customer.oaId, name: "84912345678" });
    expect(received(there)).toHaveLength(1);
  });

  test("from a conversation on another channel one goes to the customer's number, stands there, and is sent again from there", async () => {
    const page = await talk(z.w, { agent: t.agent });
    const { conversationId } = page;
    const there = z.zalo.customer({ oaId: t.customer.oaId, name: "84912345678" });
    const to = { by: "phone", phone: "0912 345 678" } as const;
    const { templates } = await t.agent.call("template.list", { conversationId, accountId: z.accountId });
    expect(templates.map(({ id }) => id)).toContain(SURVEY);
    await expect(send({ conversationId, to })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(send({ conversationId, accountId: z.accountId, to: { by: "id" } })).rejects.toMatchObject({
      code: "invalid_input",
    });
    z.zalo.faults.set("template.error", -137, { times: 1 });
    const { message } = await send({ conversationId, accountId: z.accountId, to });
    await drain(z.w);
    const admin = await z.w.person("quan-tri", { roles: ["admin"] });
    const { resent } = await admin.call("message.resend", {
      accountId: z.accountId,
      messageIds: [message.id],
    });
    expect(resent).toEqual([message.id]);
    await drain(z.w);
    await z.settle();
    expect(received(there)).toHaveLength(1);
    const { messages } = await t.agent.call("conversation.get", { conversationId });
    expect(messages.at(-1)).toMatchObject({ id: message.id, state: "delivered", template: { by: "phone" } });
    expect(await outgoing()).toEqual([]);
  });

  test("an account whose queue is not one's own sends no template for others", async () => {
    const page = await talk(z.w, { agent: t.agent });
    const foreign = await z.w.gateway.ctx.store.db
      .selectFrom("channel_account")
      .selectAll()
      .where("channel", "=", "zalo")
      .where("queue_id", "=", z.w.secondQueueId)
      .executeTakeFirstOrThrow();
    const asked = { conversationId: page.conversationId, accountId: foreign.id };
    await expect(t.agent.call("template.list", asked)).rejects.toMatchObject({ code: "not_found" });
    await expect(send({ ...asked, to: { by: "phone", phone: "0912345678" } })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("what does not fit is refused before anything is sent or taken", async () => {
    const refusals: readonly [Some, string, object][] = [
      [{ values: { ...VALUES, ticket: " " } }, "invalid_input", { values: { ticket: "missing" } }],
      [{ templateId: "301003" }, "conflict", { reason: "template_unavailable" }],
      [{ price: { amount: 200, currency: "VND" } }, "conflict", { reason: "price_changed" }],
      [{ to: { by: "phone", phone: "024 3825 1234" } }, "invalid_input", { field: "phone" }],
    ];
    for (const [some, code, details] of refusals)
      await expect(send(some)).rejects.toMatchObject({ code, details });
    await z.settle();
    expect(await outgoing()).toEqual([]);
  });

  test("what the vendor refuses of templates fails with a reason, and consultation goes on", async () => {
    for (const [error, code] of [
      [-137, "quota_used"],
      [-133, "quiet_hours"],
      [-146, "template_unavailable"],
    ] as const) {
      z.zalo.faults.set("template.error", error, { times: 1 });
      const { message } = await send();
      await drain(z.w);
      const row = (await outgoing()).find(({ id }) => id === message.id);
      expect([row?.state, JSON.parse(row?.error ?? "{}").code]).toEqual(["failed", code]);
    }
    expect(await health()).toBe("ok");
    await say(t, "Dạ vâng");
    await drain(z.w);
    await z.settle();
    expect(received(t.customer).map((m) => m.text)).toEqual(["Dạ vâng"]);
  });

  test("who may not spend money sends none, and who asked for no more gets none at another door", async () => {
    const { store } = z.w.gateway.ctx;
    const sms = await store.db.selectFrom("identity").selectAll().executeTakeFirstOrThrow();
    await store.write(async (tx) => {
      const row = {
        ...sms,
        id: crypto.randomUUID(),
        channel: "sms",
        external_id: "+84912345678",
        opted_out_at: 1,
      };
      await tx.db.insertInto("identity").values(row).execute();
    });
    const to = { by: "phone", phone: "0912345678" } as const;
    await expect(send({ to })).rejects.toMatchObject({ code: "opted_out" });
    const admin = await z.w.person("quan-tri", { roles: ["admin"] });
    const listed = admin.call("template.list", { conversationId: t.conversationId });
    await expect(listed).rejects.toMatchObject({ code: "forbidden" });
  });

  test("who has refused at a number meanwhile gets none there, and is not taken to have refused here", async () => {
    const { store } = z.w.gateway.ctx;
    const { message } = await send({ to: { by: "phone", phone: "0912345678" } });
    await drain(z.w);
    await store.write(async (tx) => {
      const here = await tx.db.selectFrom("identity").selectAll().executeTakeFirstOrThrow();
      const there = { id: crypto.randomUUID(), channel: "sms", external_id: "+84912345678", opted_out_at: 1 };
      await tx.db
        .insertInto("identity")
        .values({ ...here, ...there })
        .execute();
      await tx.db.updateTable("message").set({ state: "failed" }).where("id", "=", message.id).execute();
    });
    await t.agent.call("message.resolve", { messageId: message.id, action: "resend" });
    await drain(z.w);
    const row = (await outgoing()).find(({ id }) => id === message.id);
    expect([row?.state, JSON.parse(row?.error ?? "{}").code]).toEqual(["failed", "opted_out"]);
    const { conversation } = await t.agent.call("conversation.get", { conversationId: t.conversationId });
    expect(conversation.optedOutAt).toBeNull();
  });

  test("templates are asked for once in a while, or when somebody wants to know", async () => {
    const oa = [...z.zalo.sim.world.oas.values()][0];
    const list = async (refresh = false) => {
      const { templates } = await t.agent.call("template.list", {
        conversationId: t.conversationId,
        refresh,
      });
      return templates.find(({ id }) => id === SURVEY)?.state;
    };
    expect(await list()).toBe("ready");
    const change = oa?.templates.find(({ id }) => id === SURVEY);
    if (change) Object.assign(change, { status: "DISABLE" });
    expect(await list()).toBe("ready");
    expect(await list(true)).toBe("disabled");
    if (change) Object.assign(change, { status: "ENABLE" });
    expect(await list()).toBe("disabled");
    z.w.clock.advance(15 * 60_000);
    expect(await list()).toBe("ready");
  });
});
