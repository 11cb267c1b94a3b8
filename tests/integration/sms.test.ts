import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { saveAccount } from "../../apps/gateway/src/features/channel-accounts/index.ts";
import { replyBySystem } from "../../apps/gateway/src/features/conversations/index.ts";
import { allAccounts } from "../../apps/gateway/src/store/accounts.ts";
import { conversationById } from "../../apps/gateway/src/store/conversations.ts";
import { rowsOf } from "../support/meta.ts";
import { CUSTOMER, type SmsWorld, smsWorld } from "../support/sms.ts";
import { say } from "../support/talk.ts";
import { drain, until } from "../support/until.ts";

describe.each(["sqlite", "postgres"] as const)("text messages on %s", (engine) => {
  let s: SmsWorld;
  beforeEach(async () => {
    s = await smsWorld({ engine });
  });
  afterEach(() => s.close());

  const outgoing = async () =>
    (await rowsOf(s.w, CUSTOMER)).filter((r) => r.direction === "out").map((r) => [r.text, r.state]);
  const onPhone = () =>
    s.sim
      .texts(CUSTOMER)
      .filter((t) => t.direction === "to")
      .map((t) => t.text);

  test.each(["twilio", "speedsms"] as const)(
    "a text to a number of %s is work, and the answer's report is told",
    async (provider) => {
      const to = await s.connect(provider);
      const t = await s.talk({ to, text: "Đơn của tôi đâu?" });
      await say(t, "Dạ đang giao ạ");
      await s.settle();
      const [first] = await rowsOf(s.w, CUSTOMER);
      expect(first).toMatchObject({ direction: "in", text: "Đơn của tôi đâu?" });
      expect(onPhone()).toEqual(["Dạ đang giao ạ"]);
      expect(await outgoing()).toEqual([["Dạ đang giao ạ", "delivered"]]);
    },
  );

  test("S15, X1: a text that is delivered five times at once is one message", async () => {
    const to = await s.connect("twilio");
    s.sim.faults.set("webhook.duplicates", 5);
    expect(await s.sim.write({ from: CUSTOMER, to, text: "một lần" })).toBe(200);
    await s.settle();
    expect((await rowsOf(s.w, CUSTOMER)).map((r) => r.text)).toEqual(["một lần"]);
  });

  test("S5: reports in the wrong order only move forward", async () => {
    await s.connect("twilio");
    const t = await s.talk();
    s.sim.faults.set("report.reversed", true);
    await say(t, "ngược");
    await s.settle();
    expect(await outgoing()).toEqual([["ngược", "delivered"]]);
  });

  test("S8: a report before the answer to our request counts once the message is sent", async () => {
    await s.connect("twilio");
    const t = await s.talk();
    s.sim.faults.set("report.beforeAnswer", true);
    await say(t, "sớm");
    await s.settle();
    expect(await outgoing()).toEqual([["sớm", "delivered"]]);
  });

  test("what the network does not bring is failed, with a reason", async () => {
    await s.connect("twilio");
    const t = await s.talk();
    s.sim.faults.set("network.fails", true, { times: 1 });
    await say(t, "không tới");
    await s.settle();
    const rows = (await rowsOf(s.w, CUSTOMER)).filter((r) => r.direction === "out");
    expect(rows.map((r) => [r.state, JSON.parse(r.error ?? "{}").code])).toEqual([
      ["failed", "recipient_unavailable"],
    ]);
  });

  test("an answer that comes after our patience leaves one copy", async () => {
    await s.connect("twilio");
    const t = await s.talk();
    s.sim.faults.set("send.delay", 120_000, { times: 1 });
    s.sim.faults.set("report.drop", true, { times: 1 });
    await say(t, "mạng chậm");
    await until(() => onPhone().length === 1, "the message on the customer's phone");
    s.w.clock.advance(31_000);
    await s.w.gateway.settle();
    s.w.clock.advance(600_000);
    await s.settle();
    expect(onPhone()).toEqual(["mạng chậm"]);
    expect(await outgoing()).toEqual([["mạng chậm", "unknown"]]);
  });

  test("a lost answer is never a second copy: unknown where the provider knows no id of ours", async () => {
    await s.connect("twilio");
    const t = await s.talk();
    s.sim.faults.set("send.closeAfterSend", true, { times: 1 });
    s.sim.faults.set("report.drop", true);
    await say(t, "rớt");
    await drain(s.w, { stepMs: 60_000, steps: 5 });
    expect(onPhone()).toEqual(["rớt"]);
    expect(await outgoing()).toEqual([["rớt", "unknown"]]);
  });

  test("order is kept within a conversation under retries", async () => {
    await s.connect("twilio");
    const t = await s.talk();
    s.sim.faults.set("send.throttle", true, { times: 2 });
    for (const text of ["một", "hai", "ba", "bốn"]) await say(t, text);
    await drain(s.w, { stepMs: 2_000 });
    await s.settle();
    expect(onPhone()).toEqual(["một", "hai", "ba", "bốn"]);
    expect((await outgoing()).map(([, state]) => state)).toEqual(
      Array.from({ length: 4 }, () => "delivered"),
    );
  });

  test("S10: what somebody forges is refused, and says nothing to anybody", async () => {
    const to = await s.connect("twilio");
    s.sim.faults.set("webhook.forged", true);
    expect(await s.sim.write({ from: CUSTOMER, to, text: "STOP" })).toBe(401);
    await s.settle();
    expect(await rowsOf(s.w, CUSTOMER)).toEqual([]);
  });

  test("S25: who writes STOP gets nothing more, from nobody and by no account, until they write START", async () => {
    const to = await s.connect("twilio");
    const other = await s.connect("speedsms");
    const t = await s.talk();
    const refused = (text: string) => say(t, text).catch((error: { code: string }) => error.code);
    const owed = async () => {
      const { conversation } = await t.agent.call("conversation.get", { conversationId: t.conversationId });
      return conversation.unansweredSince;
    };
    expect(await owed()).not.toBeNull();
    await s.sim.write({ from: CUSTOMER, to, text: " Từ chối. " });
    await s.settle();
    expect(await owed()).toBeNull();
    expect(await refused("vẫn gửi")).toBe("opted_out");
    await s.sim.write({ from: CUSTOMER, to: other, text: "Cho hỏi" });
    await s.settle();
    const conversations = s.w.gateway.ctx.store.db
      .selectFrom("identity")
      .select(["opted_out_at"])
      .where("external_id", "=", CUSTOMER);
    expect((await conversations.execute()).map((r) => r.opted_out_at !== null)).toEqual([true, true]);
    expect(onPhone()).toEqual([]);
    await s.sim.write({ from: CUSTOMER, to, text: "START" });
    await s.settle();
    await say(t, "chào lại");
    await s.settle();
    expect(onPhone()).toEqual(["chào lại"]);
    const rows = await rowsOf(s.w, CUSTOMER);
    expect(rows.flatMap((r) => (r.kind === "event" ? [JSON.parse(r.event ?? "{}").name] : []))).toEqual([
      "opted_out",
      "opted_in",
    ]);
    const noted = await s.w.gateway.ctx.store.db
      .selectFrom("audit")
      .select("action")
      .where("action", "like", "customer.opted%")
      .orderBy("id")
      .execute();
    expect(noted.map((r) => r.action)).toEqual(["customer.opted_out", "customer.opted_in"]);
  });

  test("S25: a wish in a sentence is a message like others, and STOP out of nowhere is nobody's work", async () => {
    const to = await s.connect("twilio");
    await s.w.agent("lan");
    await s.sim.write({ from: CUSTOMER, to, text: "STOP" });
    await s.settle();
    const interactions = () => s.w.gateway.ctx.store.db.selectFrom("interaction").selectAll().execute();
    expect(await interactions()).toEqual([]);
    const second = "+84912345678";
    await s.sim.write({ from: second, to, text: "dừng lại giúp tôi" });
    await s.settle();
    expect(await interactions()).toHaveLength(1);
    expect((await rowsOf(s.w, second)).map((r) => r.kind)).toEqual(["message"]);
  });

  test("what waits to leave when the customer refuses stays here, and says why", async () => {
    const to = await s.connect("twilio");
    const t = await s.talk();
    s.sim.faults.set("send.throttle", true, { times: 1 });
    await say(t, "đang chờ");
    await s.settle();
    await s.sim.write({ from: CUSTOMER, to, text: "STOP" });
    await drain(s.w, { stepMs: 2_000 });
    expect(onPhone()).toEqual([]);
    expect(await outgoing()).toEqual([["đang chờ", "failed"]]);
  });

  test("the system says nothing either to who refused", async () => {
    const to = await s.connect("twilio");
    const t = await s.talk();
    await s.sim.write({ from: CUSTOMER, to, text: "tc" });
    await s.settle();
    const { ctx } = s.w.gateway;
    const isSaid = await ctx.store.write(async (tx) => {
      const view = await conversationById(tx, t.conversationId);
      return view ? replyBySystem(tx, ctx, { view, text: "Đã có người nhận" }) : null;
    });
    expect(isSaid).toBe(false);
  });

  test("an agent whom the customer told so writes down that they agree again, with how, and nothing else undoes a refusal", async () => {
    const to = await s.connect("twilio");
    const t = await s.talk();
    const { conversationId } = t;
    const agree = (reason: string) => t.agent.call("conversation.opt_in", { conversationId, reason });
    await expect(agree("gọi điện")).rejects.toMatchObject({ code: "illegal_transition" });
    s.sim.faults.set("network.fails", true, { times: 1 });
    await say(t, "không tới");
    await s.settle();
    await s.sim.write({ from: CUSTOMER, to, text: "STOP" });
    await s.settle();
    const failed = (await rowsOf(s.w, CUSTOMER)).find((r) => r.state === "failed");
    const again = { messageId: failed?.id ?? "", action: "resend" } as const;
    await expect(t.agent.call("message.resolve", again)).rejects.toMatchObject({ code: "opted_out" });
    await expect(agree("")).rejects.toMatchObject({ code: "invalid_input" });
    expect((await agree("gọi điện lúc 9 giờ")).conversation.optedOutAt).toBeNull();
    const noted = await s.w.gateway.ctx.store.db
      .selectFrom("audit")
      .select(["actor_id", "detail"])
      .where("action", "=", "customer.opted_in")
      .executeTakeFirstOrThrow();
    expect([noted.actor_id, JSON.parse(noted.detail)]).toEqual([
      t.agent.userId,
      { channel: "sms", reason: "gọi điện lúc 9 giờ" },
    ]);
  });

  test("an account's own words refuse, those that it left out do not, and TC always does", async () => {
    const to = await s.connect("speedsms", { stopWords: "Hủy, thôi" });
    const second = "+84912345678";
    const refused = async (text: string) => {
      await s.sim.write({ from: second, to, text });
      await s.settle();
      const last = (await rowsOf(s.w, second)).filter((r) => r.kind === "event").at(-1);
      return JSON.parse(last?.event ?? "{}").name === "opted_out";
    };
    expect(await refused("cancel")).toBe(false);
    expect(await refused("THÔI")).toBe(true);
    await s.sim.write({ from: second, to, text: "start" });
    expect(await refused("tc")).toBe(true);
  });

  test("what a provider knows of a refusal that we have not heard, we know from then on", async () => {
    const to = await s.connect("twilio");
    const t = await s.talk();
    s.sim
      .phones()
      .find((p) => p.number === CUSTOMER)
      ?.stopped.add(to);
    await say(t, "một");
    await s.settle();
    expect(await outgoing()).toEqual([["một", "failed"]]);
    await expect(say(t, "hai")).rejects.toMatchObject({ code: "opted_out" });
  });

  /** A text of a brandname that the network has lost, and how it is sent again. */
  async function lostText() {
    const accountId = await s.connect("esms");
    const { id } = await s.w.gateway.ctx.store.db
      .selectFrom("channel_account")
      .select("id")
      .where("external_id", "=", accountId)
      .executeTakeFirstOrThrow();
    const lan = await s.w.agent("lan");
    const { conversation } = await lan.call("conversation.begin", {
      clientId: crypto.randomUUID(),
      accountId: id,
      address: CUSTOMER,
    });
    s.sim.faults.set("network.fails", true, { times: 1 });
    await say({ agent: lan, conversationId: conversation.id }, "Hàng đã về");
    await s.settle();
    expect(await outgoing()).toEqual([["Hàng đã về", "failed"]]);
    // As the provider has it: also what its network lost.
    expect(onPhone()).toHaveLength(1);
    const [row] = (await rowsOf(s.w, CUSTOMER)).filter((r) => r.direction === "out");
    return async () => {
      await lan.call("message.resolve", { messageId: row?.id ?? "", action: "resend" });
      await drain(s.w);
      await s.settle();
    };
  }

  test("what a network has not brought leaves again when a person wants it, also by a provider that knows repetitions", async () => {
    const resend = await lostText();
    await resend();
    expect(onPhone()).toHaveLength(2);
    expect(await outgoing()).toEqual([["Hàng đã về", "delivered"]]);
  });

  test("and after a second sending that nobody answered it goes out as that one, which the provider may have had, and not as the first", async () => {
    const resend = await lostText();
    s.sim.faults.set("send.closeBeforeSend", true, { times: 4 });
    await resend();
    expect(await outgoing()).toEqual([["Hàng đã về", "failed"]]);
    s.sim.faults.set("send.closeAfterSend", true, { times: 1 });
    await resend();
    expect(onPhone()).toHaveLength(2);
    expect(await outgoing()).toEqual([["Hàng đã về", "delivered"]]);
  });

  test("two accounts whose provider signs nothing cannot have one address: what comes there says not for which it is", async () => {
    await s.connect("esms");
    const { ctx } = s.w.gateway;
    const [first] = (await allAccounts(ctx.store)).filter((a) => a.channel === "sms");
    const again = s.connect("esms", { sender: "SENVIET3" });
    await expect(again).rejects.toMatchObject({
      code: "invalid_input",
      details: { fields: { webhookSecret: expect.any(String) } },
    });
    // Saved anew, an account has its own still.
    const { id, name, queue_id: queueId } = first ?? { id: "", name: "", queue_id: "" };
    const same = { id, channel: "sms", name, queueId, enabled: true, config: {} } as const;
    expect((await saveAccount(ctx, null, same)).id).toBe(id);
  });

  test("a brandname's silence is no trouble, and its texts are told by report", async () => {
    await s.connect("esms");
    await s.connect("twilio");
    for (let hour = 0; hour < 25; hour++) s.w.clock.advance(3_600_000);
    await s.settle();
    const accounts = await s.w.gateway.ctx.store.db
      .selectFrom("channel_account")
      .select(["name", "one_way", "health"])
      .where("channel", "=", "sms")
      .orderBy("name", "desc")
      .execute();
    expect(accounts).toEqual([
      { name: "SENVIET", one_way: 1, health: "ok" },
      { name: "+84281234567", one_way: 0, health: "silent" },
    ]);
  });
});
