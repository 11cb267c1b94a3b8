import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { conversationOf, rowsOf } from "../support/meta.ts";
import { say } from "../support/talk.ts";
import { drain } from "../support/until.ts";
import { upload } from "../support/upload.ts";
import { OA, received, SECOND_OA, type ZaloWorld, zaloWorld } from "../support/zalo.ts";

describe.each(["sqlite", "postgres"] as const)("Zalo on %s", (engine) => {
  let z: ZaloWorld;
  beforeEach(async () => {
    z = await zaloWorld({ engine });
  });
  afterEach(() => z.close());

  const states = async (userId: string) =>
    (await rowsOf(z.w, userId)).filter((m) => m.direction === "out").map((m) => m.state);

  test("a message makes work, its answer arrives, and its receipts move it on", async () => {
    const { customer, ...t } = await z.talk({ text: "Đơn hàng của tôi đâu ạ?" });
    expect((await rowsOf(z.w, customer.userId)).map((m) => m.text)).toEqual(["Đơn hàng của tôi đâu ạ?"]);
    customer.set({ offline: true });
    await say(t, "Dạ em kiểm tra ngay ạ");
    await z.settle();
    expect(received(customer)).toMatchObject([{ text: "Dạ em kiểm tra ngay ạ", charged: false }]);
    expect(await states(customer.userId)).toEqual(["sent"]);
    await z.zalo.online(customer);
    await z.settle();
    expect(await states(customer.userId)).toEqual(["delivered"]);
    await customer.read();
    await z.settle();
    expect(await states(customer.userId)).toEqual(["read"]);
    expect(await rowsOf(z.w, customer.userId)).toHaveLength(2);
  });

  test("an echo first, under another id, repeated or from Zalo's own tool makes no second message and no work", async () => {
    const t = await z.talk();
    z.zalo.faults.set("echo.beforeResponse", true, { times: 1 });
    z.zalo.faults.set("echo.otherId", true, { times: 1 });
    z.zalo.faults.set("webhook.duplicates", 2);
    await say(t, "Dạ có ngay");
    await z.settle();
    await z.zalo.adminReply(t.customer, "Em trả lời từ OA Manager");
    await z.settle();
    const rows = (await rowsOf(z.w, t.customer.userId)).filter((m) => m.direction === "out");
    expect(rows.map((m) => [m.text, m.author_kind])).toEqual([
      ["Dạ có ngay", "agent"],
      ["Em trả lời từ OA Manager", "outside"],
    ]);
    expect(received(t.customer)).toHaveLength(2);
  });

  test("pictures, files, stickers and places come in; a picture and a file go out", async () => {
    const t = await z.talk();
    await t.customer.image(undefined, "Hàng bị vỡ");
    await t.customer.sticker();
    await t.customer.file({
      bytes: Buffer.from("%PDF-1.4"),
      contentType: "application/pdf",
      name: "hoa-don.pdf",
    });
    await t.customer.attach({ type: "location", latitude: "21.0278", longitude: "105.8342" });
    await z.settle();
    const kinds = (await rowsOf(z.w, t.customer.userId)).flatMap((m) =>
      (JSON.parse(m.attachments) as { kind: string; state: string }[]).map((x) => [x.kind, x.state]),
    );
    expect(kinds).toEqual([
      ["image", "ready"],
      ["sticker", "ready"],
      ["file", "ready"],
      ["location", "none"],
    ]);
    const picture = await upload(z.w, t.agent, { bytes: tinyPng, name: "ve.png", type: "image/png" });
    const file = await upload(z.w, t.agent, {
      bytes: Buffer.from("%PDF-1.4"),
      name: "bien-ban.pdf",
      type: "application/pdf",
    });
    const clientId = crypto.randomUUID();
    await t.agent.call("message.send", {
      clientId,
      conversationId: t.conversationId,
      text: "Dạ em gửi",
      mediaIds: [picture, file],
    });
    await drain(z.w);
    await z.settle();
    const types = received(t.customer).flatMap((m) => m.attachments.map((a) => a.type));
    expect(types.toSorted()).toEqual(["file", "image"]);
  });

  test("the accounts of one app share a webhook; each is told by its own secret and has its own queue", async () => {
    await z.w.agent("lan");
    const minh = await z.w.person("minh", { queues: "both" });
    await minh.call("agent.set_state", { state: "available" });
    await z.customer("Khách hai", { oaId: SECOND_OA.oaId }).text("Bảo hành giúp tôi");
    const { offer } = await minh.hear("offer.made", () => true);
    expect(offer.queueId).toBe(z.w.secondQueueId);
    const body = JSON.stringify({
      app_id: "360846524940903967",
      event_name: "user_send_text",
      sender: { id: "1" },
      recipient: { id: OA.oaId },
      message: { msg_id: "x", text: "giả" },
      timestamp: String(z.w.clock.now()),
    });
    const forged = { "x-zevent-signature": z.zalo.sign(SECOND_OA.oaId, body) };
    // The console's test event is not signed either: it is answered, and dropped.
    expect(await z.zalo.raw(OA.oaId, body, forged)).toBe(200);
    expect(await z.zalo.raw(OA.oaId, body, {})).toBe(200);
    await z.settle();
    expect(await rowsOf(z.w, "1")).toEqual([]);
    expect(await z.zalo.raw(OA.oaId, body)).toBe(200);
    await z.settle();
    expect(await rowsOf(z.w, "1")).toHaveLength(1);
  });

  test("somebody without a log-in is answered in the same talk", async () => {
    const t = await z.talk({ customer: z.customer("Khách", { visitor: true }), text: "Cho hỏi giá" });
    await say(t, "Dạ 200 nghìn ạ");
    await z.settle();
    expect(received(t.customer)).toMatchObject([{ text: "Dạ 200 nghìn ạ" }]);
  });

  test("contact details that a customer shares are a line in the conversation, with what was typed", async () => {
    const t = await z.talk();
    await t.customer.submitInfo({ name: "Trần Thị Hà", phone: "84901234567", address: "12 Chùa Láng" });
    await z.settle();
    const line = (await rowsOf(z.w, t.customer.userId)).find((m) => m.kind === "event");
    expect(JSON.parse(line?.event ?? "{}")).toEqual({
      name: "contact_shared",
      data: { name: "Trần Thị Hà", phone: "84901234567", address: "12 Chùa Láng, Cầu Giấy, Hà Nội" },
    });
  });

  test("following opens the window and makes no work; after it one may write first", async () => {
    const t = await z.talk();
    const fan = z.customer("Người quan tâm");
    await fan.follow();
    await z.settle();
    const conversation = await conversationOf(z.w, fan.userId);
    expect(conversation.window_opened_at).not.toBeNull();
    expect((await rowsOf(z.w, fan.userId)).map((m) => m.kind)).toEqual(["event"]);
    const lists = await t.agent.call("conversation.list", { view: "mine", limit: 10 });
    expect(lists.conversations.map((c) => c.id)).toEqual([t.conversationId]);
  });
});

const tinyPng = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
