import { splitText } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { saveAccount } from "../../apps/gateway/src/features/channel-accounts/index.ts";
import { conversationOf, echoTo, entryOf, freshMid, fromCustomer, rowsOf } from "../support/meta.ts";
import { personAt } from "../support/person.ts";
import { say, talk } from "../support/talk.ts";
import { drain, until } from "../support/until.ts";
import { APP, PAGE, PASSWORD, type World, world } from "../support/world.ts";

const HOUR = 3_600_000;

describe.each(["sqlite", "postgres"] as const)("Messenger, outgoing, on %s", (engine) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ engine });
  });
  afterEach(() => w.close());

  const outgoing = async (psid: string) => (await rowsOf(w, psid)).filter((r) => r.direction === "out");
  const seenByCustomer = (customer: {
    transcript(): { messages: readonly { from: string; text?: string }[] };
  }) =>
    customer
      .transcript()
      .messages.filter((m) => m.from === "page")
      .map((m) => m.text);

  test("T1: an echo before the answer of the Send API makes no second message", async () => {
    const t = await talk(w);
    w.facebook.faults.set("echo.beforeResponse", true);
    await say(t, "Dạ có ngay");
    await w.settle();
    const rows = await outgoing(t.customer.psid);
    expect(rows.map((r) => [r.text, r.state, r.author_kind])).toEqual([["Dạ có ngay", "delivered", "agent"]]);
    expect(seenByCustomer(t.customer)).toEqual(["Dạ có ngay"]);
  });

  test("T4, T5: what is sent elsewhere is outgoing, from outside, and no work", async () => {
    const t = await talk(w);
    await w.facebook.pageInboxReply(PAGE.pageId, { psid: t.customer.psid, text: "Em trả lời từ hộp thư" });
    await w.facebook.pageInboxReply(PAGE.pageId, {
      psid: t.customer.psid,
      text: "Không có mã ứng dụng",
      withoutAppId: true,
    });
    await w.settle();
    const rows = await outgoing(t.customer.psid);
    expect(rows.map((r) => [r.text, r.author_kind, r.author_id, r.state])).toEqual([
      ["Em trả lời từ hộp thư", "outside", null, "sent"],
      ["Không có mã ứng dụng", "outside", null, "sent"],
    ]);
    expect(seenByCustomer(t.customer)).toHaveLength(2);
  });

  test("T5: an outside answer to a stranger opens no work", async () => {
    await w.agent("lan");
    const item = echoTo("998877", w.clock.now(), { mid: freshMid(), text: "Chào chị" });
    expect((await w.facebook.sendRaw(APP.appId, [entryOf([item])])).status).toBe(200);
    await w.settle();
    const [row] = await outgoing("998877");
    expect(row).toMatchObject({ author_kind: "outside", interaction_id: null });
    expect(await w.gateway.ctx.store.db.selectFrom("interaction").selectAll().execute()).toEqual([]);
  });

  test("T7, T8: HUMAN_AGENT after 24 hours and up to 7 days after the customer's last message", async () => {
    const sent: { messaging_type: string; tag: string | undefined }[] = [];
    const plain = w.gateway.ctx.fetch;
    Object.assign(w.gateway.ctx, {
      fetch: (...[url, init]: Parameters<typeof fetch>) => {
        if (typeof init?.body === "string") sent.push(JSON.parse(init.body));
        return plain(url, init);
      },
    });
    // An account keeps the fetch that it was opened with, and is opened anew when it is saved.
    const page = { id: w.accountId, channel: "facebook", name: PAGE.name, queueId: w.queueId } as const;
    await saveAccount(w.gateway.ctx, null, { ...page, enabled: true, config: {} });
    const t = await talk(w);
    await say(t, "trong 24 giờ");
    await w.settle();
    const act = fromCustomer(t.customer.psid, w.clock.now() + 1, {
      reaction: { mid: freshMid(), action: "react", reaction: "love", emoji: "❤" },
    });
    await advanceAndSettle(25 * HOUR);
    const lan = await back();
    await say({ ...t, agent: lan }, "sau 25 giờ");
    await w.settle();
    // A reaction opens the standard window, and must not start the seven days anew.
    await advanceAndSettle(4 * 24 * HOUR);
    await w.facebook.sendRaw(APP.appId, [entryOf([{ ...act, timestamp: w.clock.now() }])]);
    await advanceAndSettle(25 * HOUR);
    const again = await back();
    await say({ ...t, agent: again }, "ngày thứ bảy");
    await w.settle();
    expect(sent.map((s) => [s.messaging_type, s.tag])).toEqual([
      ["RESPONSE", undefined],
      ["MESSAGE_TAG", "HUMAN_AGENT"],
      ["MESSAGE_TAG", "HUMAN_AGENT"],
    ]);
    await advanceAndSettle(22 * HOUR);
    const late = await back();
    await expect(say({ ...t, agent: late }, "quá bảy ngày")).rejects.toMatchObject({ code: "window_closed" });
    expect(seenByCustomer(t.customer)).toEqual(["trong 24 giờ", "sau 25 giờ", "ngày thứ bảy"]);
  });

  async function advanceAndSettle(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= HOUR) w.clock.advance(Math.min(HOUR, left));
    await w.settle();
  }
  const back = () => personAt(w.gateway.url, { username: "lan", password: PASSWORD });

  test("T9: long text leaves in parts, in order, cut between graphemes", async () => {
    const t = await talk(w);
    const family = "👨‍👩‍👧‍👦";
    const long = Array.from({ length: 900 }, (_, i) => (i % 9 === 0 ? family : `từ${i}`)).join(" ");
    w.facebook.faults.set("send.serverError", true, { times: 1 });
    const { messages } = await say(t, long);
    await drain(w, { stepMs: 1_000 });
    const parts = splitText(long, 2_000);
    expect(parts.length).toBeGreaterThan(2);
    expect(messages.map((m) => m.text)).toEqual(parts);
    expect(seenByCustomer(t.customer)).toEqual(parts);
    expect(parts.join(" ")).toBe(long);
  });

  test("T22: an answer that never comes leaves one message, proven by its echo", async () => {
    const t = await talk(w);
    w.facebook.faults.set("send.delay", 120_000, { times: 1 });
    const { messages } = await say(t, "mạng chậm");
    await t.agent.hear(
      "message.updated",
      (d) => d.message.id === messages[0]?.id && d.message.state === "delivered",
    );
    // Our patience ends first, the vendor's answer comes later.
    w.clock.advance(31_000);
    await w.gateway.settle();
    w.clock.advance(600_000);
    await w.settle();
    expect(seenByCustomer(t.customer)).toEqual(["mạng chậm"]);
    expect((await outgoing(t.customer.psid)).map((r) => r.state)).toEqual(["delivered"]);
  });

  test("T22: without an echo it is unknown, never sent again by itself, and a late echo closes it", async () => {
    const t = await talk(w);
    w.facebook.faults.set("send.closeAfterSend", true, { times: 1 });
    w.facebook.faults.set("echo.drop", true, { times: 1 });
    w.facebook.faults.set("delivery.drop", true, { times: 1 });
    const { messages } = await say(t, "rớt mạng");
    await w.settle();
    for (let i = 0; i < 10; i++) {
      w.clock.advance(60_000);
      await w.settle();
    }
    expect((await outgoing(t.customer.psid)).map((r) => r.state)).toEqual(["unknown"]);
    expect(seenByCustomer(t.customer)).toEqual(["rớt mạng"]);
    const at = w.clock.now();
    const late = echoTo(t.customer.psid, at, {
      mid: t.customer.transcript().messages.at(-1)?.mid ?? "",
      text: "rớt mạng",
      app_id: APP.appId,
      metadata: messages[0]?.id ?? "",
    });
    await w.facebook.sendRaw(APP.appId, [entryOf([late])]);
    await w.settle();
    expect((await outgoing(t.customer.psid)).map((r) => [r.state, r.error])).toEqual([["sent", null]]);
  });

  test("what became of an answer is decided by who has the customer in hand, and so are reactions", async () => {
    const t = await talk(w);
    const minh = await w.agent("minh");
    for (const fault of ["send.closeAfterSend", "echo.drop", "delivery.drop"] as const)
      w.facebook.faults.set(fault, true, { times: 1 });
    const { messages } = await say(t, "rớt mạng");
    await w.settle();
    await drain(w, { stepMs: 60_000, steps: 10 });
    expect((await outgoing(t.customer.psid)).map((r) => r.state)).toEqual(["unknown"]);
    const messageId = messages[0]?.id ?? "";
    for (const action of ["resend", "mark_sent", "discard"] as const)
      await expect(minh.call("message.resolve", { messageId, action })).rejects.toMatchObject({
        code: "taken",
      });
    const [theirs] = (await rowsOf(w, t.customer.psid)).filter((r) => r.direction === "in");
    await expect(
      minh.call("message.react", { messageId: theirs?.id ?? "", emoji: "👍" }),
    ).rejects.toMatchObject({ code: "taken" });
    await t.agent.call("message.resolve", { messageId, action: "mark_sent" });
    expect((await outgoing(t.customer.psid)).map((r) => r.state)).toEqual(["sent"]);
    expect(seenByCustomer(t.customer)).toEqual(["rớt mạng"]);
  });

  test("T14: a receipt without ids counts by its watermark; an older one changes nothing", async () => {
    const t = await talk(w);
    w.facebook.faults.set("delivery.withoutMids", true);
    await say(t, "một");
    await drain(w);
    await say(t, "hai");
    await drain(w);
    expect((await outgoing(t.customer.psid)).map((r) => r.state)).toEqual(["delivered", "delivered"]);
    w.facebook.faults.set("read.oldWatermark", true);
    await t.customer.read();
    await w.settle();
    expect((await outgoing(t.customer.psid)).map((r) => r.state)).toEqual(["read", "read"]);
    const newest = t.customer.transcript().messages.at(-1)?.at;
    expect((await conversationOf(w, t.customer.psid)).read_until).toBe(newest);
  });

  test("T14: receipts in the wrong order only ever move forward", async () => {
    const t = await talk(w);
    w.facebook.faults.set("receipts.swapped", true);
    await say(t, "đọc trước, nhận sau");
    await w.settle();
    await t.customer.read();
    await w.settle();
    expect((await outgoing(t.customer.psid)).map((r) => r.state)).toEqual(["read"]);
  });

  test.each([
    ["an hour behind", -HOUR, true],
    ["an hour behind, without echoes", -HOUR, false],
    ["an hour ahead", HOUR, true],
    ["an hour ahead, without echoes", HOUR, false],
  ])(
    "X5: with the vendor's clock %s a receipt covers what was sent before it, and nothing else",
    async (_, ahead, echoes) => {
      const skewed = await world({ engine, vendorAheadMs: ahead });
      try {
        const t = await talk(skewed);
        skewed.facebook.faults.set("delivery.drop", true);
        if (!echoes) skewed.facebook.faults.set("echo.drop", true);
        const states = async () =>
          (await rowsOf(skewed, t.customer.psid)).filter((r) => r.direction === "out").map((r) => r.state);
        for (const text of ["một", "hai"]) {
          skewed.clock.advance(60_000);
          await say(t, text);
          await skewed.settle();
        }
        expect(await states()).toEqual(["sent", "sent"]);
        await t.customer.read();
        await skewed.settle();
        expect(await states()).toEqual(["read", "read"]);
        skewed.clock.advance(60_000);
        await say(t, "ba");
        await skewed.settle();
        expect(await states()).toEqual(["read", "read", "sent"]);
      } finally {
        await skewed.close();
      }
    },
  );

  test("T15: read before the answer of the Send API is applied when the message is sent", async () => {
    const t = await talk(w);
    w.facebook.faults.set("send.delay", 20_000, { times: 1 });
    w.facebook.faults.set("echo.drop", true, { times: 1 });
    w.facebook.faults.set("delivery.drop", true, { times: 1 });
    await say(t, "đọc ngay");
    await until(() => seenByCustomer(t.customer).length === 1, "the message on the customer's phone");
    await t.customer.read();
    expect((await outgoing(t.customer.psid)).map((r) => r.state)).toEqual(["sending"]);
    w.clock.advance(20_000);
    await w.settle();
    expect((await outgoing(t.customer.psid)).map((r) => r.state)).toEqual(["read"]);
  });
});
