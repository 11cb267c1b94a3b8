import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { asObject } from "../kit/json.ts";
import type { Customer } from "./index.ts";
import { APP, type Bench, bench, PAGE } from "./test-bench.ts";

let b: Bench;
let mai: Customer;
beforeEach(async () => {
  b = await bench();
  mai = b.sim.customer({ pageId: PAGE, name: "Phạm Thị Mai" });
  await mai.text("Xin chào");
  await b.sim.settle();
  b.hook.received.length = 0;
});
afterEach(() => b.close());

const kinds = () =>
  b.hook
    .items()
    .map((item) => Object.keys(item).filter((key) => !["sender", "recipient", "timestamp"].includes(key))[0]);
const echoes = () => b.hook.items().filter((item) => asObject(item["message"])["is_echo"] === true);

describe("after a send", () => {
  test("echo with app id and metadata, then delivery, then read; the customer sees each state", async () => {
    const { json } = await b.send(mai.psid, { text: "Chào chị", metadata: "our-uuid" });
    await b.sim.settle();
    expect(kinds()).toEqual(["message", "delivery"]);
    expect(echoes()[0]).toMatchObject({
      sender: { id: PAGE },
      recipient: { id: mai.psid },
      message: { mid: json["message_id"], app_id: Number(APP), metadata: "our-uuid", text: "Chào chị" },
    });
    expect(b.hook.items()[1]?.["delivery"]).toMatchObject({ mids: [json["message_id"]] });
    expect(mai.transcript().messages.at(-1)?.state).toBe("delivered");
    await mai.read();
    await b.sim.settle();
    expect(kinds().at(-1)).toBe("read");
    expect(mai.transcript().messages.at(-1)?.state).toBe("read");
  });

  test("T1: the echo can come before the answer", async () => {
    b.sim.faults.set("echo.beforeResponse");
    b.hook.answerWith("hang");
    const order: string[] = [];
    const sending = b.send(mai.psid, { text: "Chào chị" }).then(() => order.push("answer"));
    await b.hook.arrived(1);
    order.push("echo");
    b.hook.answerWith(200);
    b.clock.advance(5_000);
    await sending;
    await b.sim.settle();
    expect(order).toEqual(["echo", "answer"]);
  });

  test("echo dropped, delivery without mids, old read watermark, swapped receipts", async () => {
    b.sim.faults.set("echo.drop", true, { times: 1 });
    b.sim.faults.set("delivery.withoutMids", true, { times: 1 });
    b.sim.faults.set("read.oldWatermark", true, { times: 1 });
    await b.send(mai.psid, { text: "một" });
    await b.sim.settle();
    expect(kinds()).toEqual(["delivery"]);
    expect(b.hook.items()[0]?.["delivery"]).not.toHaveProperty("mids");
    await mai.read();
    const marks = b.hook
      .items()
      .slice(1)
      .map((item) => Number(asObject(item["read"])["watermark"]));
    expect(marks[0]).toBeGreaterThan(marks[1] ?? Number.POSITIVE_INFINITY);
    b.hook.received.length = 0;
    b.sim.faults.set("receipts.swapped");
    await b.send(mai.psid, { text: "hai" });
    await b.sim.settle();
    b.sim.faults.clear();
    await mai.read();
    await b.sim.settle();
    expect(kinds()).toEqual(["message", "read", "delivery"]);
  });

  test("T5: a person in the page inbox and another app are echoes without our app id", async () => {
    await b.sim.pageInboxReply(PAGE, { psid: mai.psid, text: "từ hộp thư" });
    await b.sim.pageInboxReply(PAGE, { psid: mai.psid, text: "không rõ", withoutAppId: true });
    await b.sim.settle();
    expect(asObject(echoes()[0]?.["message"])["app_id"]).toBe(263902037430900);
    expect(echoes()[1]?.["message"]).not.toHaveProperty("app_id");
    expect(mai.transcript().messages.map(({ text }) => text)).toContain("từ hộp thư");
  });
});

describe("faults of the send call", () => {
  const send = () => b.send(mai.psid, { text: "thử" });
  const seen = () => mai.transcript().messages.filter(({ from }) => from === "page").length;

  test.each([
    ["send.serverError", 500, 2, undefined],
    ["send.restricted", 400, 10, 1893063],
    ["send.otherAppControls", 400, 10, 2018300],
    ["token.revoked", 401, 190, 460],
  ] as const)("%s: nothing is sent", async (fault, status, code, subcode) => {
    b.sim.faults.set(fault, undefined, { times: 1 });
    expect(await send()).toMatchObject({ status, code });
    b.sim.faults.set(fault, undefined, { times: 1 });
    expect((await send()).subcode).toBe(subcode);
    expect(seen()).toBe(0);
    expect((await send()).status).toBe(200);
  });

  test("throttled as HTTP 429 or as 613, transient 500, HTML page, usage headers", async () => {
    b.sim.faults.set("send.throttle", "429", { times: 1 });
    expect((await send()).status).toBe(429);
    b.sim.faults.set("send.throttle", "613", { times: 1 });
    expect((await send()).code).toBe(613);
    b.sim.faults.set("send.html", true, { times: 1 });
    expect((await send()).headers.get("content-type")).toContain("text/html");
    b.sim.faults.set("usage.high", 95, { times: 1 });
    expect((await send()).headers.get("x-business-use-case-usage")).toContain('"call_count":95');
  });

  test("T22: the answer comes too late or never, the message is there and so is its echo", async () => {
    b.sim.faults.set("send.delay", 60_000, { times: 1 });
    const late = send();
    await b.hook.arrived(2);
    expect(seen()).toBe(1);
    b.clock.advance(60_000);
    expect((await late).status).toBe(200);
    b.sim.faults.set("send.closeAfterSend", true, { times: 1 });
    await expect(send()).rejects.toThrow();
    b.sim.faults.set("send.errorAfterSend", true, { times: 1 });
    expect((await send()).status).toBe(500);
    await b.sim.settle();
    expect(seen()).toBe(3);
    expect(echoes()).toHaveLength(3);
  });
});

describe("the customer's other acts", () => {
  test("reply, reaction, edit, quick reply, referral", async () => {
    const { mid } = await mai.text("giá bao nhiêu");
    await mai.reply(mid, "à quên, màu đỏ");
    await mai.react(mid, "love");
    await mai.unreact(mid);
    await mai.edit(mid, "giá bao nhiêu ạ?");
    await mai.quickReply("Có", "YES");
    await mai.referral();
    await b.sim.settle();
    expect(kinds()).toEqual([
      "message",
      "message",
      "reaction",
      "reaction",
      "message_edit",
      "message",
      "referral",
    ]);
    const items = b.hook.items();
    expect(items[1]?.["message"]).toMatchObject({ reply_to: { mid, is_self_reply: true } });
    expect(items[3]?.["reaction"]).toMatchObject({ action: "unreact", mid, reaction: "love" });
    expect(items[4]?.["message_edit"]).toEqual({ mid, text: "giá bao nhiêu ạ?", num_edit: 1 });
    expect(items[5]?.["message"]).toMatchObject({ quick_reply: { payload: "YES" } });
  });

  test("five edits and no more", async () => {
    const { mid } = await mai.text("0");
    for (let count = 1; count <= 5; count += 1) await mai.edit(mid, String(count));
    await expect(mai.edit(mid, "6")).rejects.toThrow("five");
  });

  test("a sticker comes once, or twice as it used to", async () => {
    await mai.sticker();
    b.sim.faults.set("sticker.double", true, { times: 1 });
    await mai.sticker();
    await b.sim.settle();
    const [now, then] = b.hook.items().map((item) => asObject(item["message"])["attachments"]);
    expect(now).toMatchObject([{ type: "sticker", payload: { sticker_id: 369239263222822 } }]);
    expect(then).toMatchObject([{ type: "sticker" }, { type: "image" }]);
  });

  test("offline: delivered when the phone comes back", async () => {
    mai.offline();
    await b.send(mai.psid, { text: "alo" });
    await b.sim.settle();
    expect(kinds()).toEqual(["message"]);
    mai.online();
    await b.sim.settle();
    expect(kinds()).toEqual(["message", "delivery"]);
  });
});

describe("the rest of the catalogue", () => {
  test.each([
    ["policy_enforcement", "policy_enforcement"],
    ["optin", "optin"],
    ["account_linking", "account_linking"],
    ["pass_thread_control", "pass_thread_control"],
    ["take_thread_control", "take_thread_control"],
    ["request_thread_control", "request_thread_control"],
    ["app_roles", "app_roles"],
    ["response_feedback", "response_feedback"],
    ["order", "order"],
    ["lead", "lead"],
    ["hop_context", "hop_context"],
    ["appointment_booking", "message"],
    ["unknown_attachment", "message"],
    ["fallback_without_payload", "message"],
    ["unknown", "teleportation"],
  ] as const)("%s", async (kind, key) => {
    await b.sim.event(PAGE, { kind, psid: mai.psid });
    const item = b.hook.items()[0];
    expect(item).toHaveProperty(key);
    expect("sender" in (item ?? {})).toBe(kind !== "policy_enforcement");
  });

  test("standby and feed have their own lists", async () => {
    await b.sim.event(PAGE, { kind: "standby", psid: mai.psid });
    await b.sim.event(PAGE, { kind: "feed" });
    expect(b.hook.items("standby")).toHaveLength(1);
    expect(b.hook.items("changes")[0]).toMatchObject({
      field: "feed",
      value: { item: "comment", verb: "add" },
    });
  });
});

describe("comments", () => {
  test("public reply loops back as the page's, one private reply, hide and delete", async () => {
    const comment = await mai.comment("Còn hàng không?");
    const reply = await b.graph("POST", `/${comment.id}/comments`, { message: "Còn ạ" });
    await b.sim.settle();
    expect(b.hook.items("changes")[1]).toMatchObject({
      value: { comment_id: reply.json["id"], parent_id: comment.id, from: { id: PAGE } },
    });
    const privately = () =>
      b.graph("POST", `/${PAGE}/messages`, {
        recipient: { comment_id: comment.id },
        message: { text: "Chào chị" },
      });
    expect((await privately()).json).toMatchObject({ recipient_id: mai.psid });
    expect((await privately()).code).toBe(10900);
    expect((await b.graph("POST", `/${comment.id}?is_hidden=true`)).json).toEqual({ success: true });
    expect((await b.graph("GET", `/${comment.id}`)).json).toMatchObject({ is_hidden: true });
    await b.graph("DELETE", `/${comment.id}`);
    await b.sim.settle();
    expect(b.hook.items("changes").at(-1)).toMatchObject({ value: { verb: "remove" } });
  });
});

test("thread control: another owner stops our sends until we take it back", async () => {
  mai.ownedBy("999");
  expect(await b.send(mai.psid, { text: "?" })).toMatchObject({ code: 10, subcode: 2018300 });
  await mai.text("ai đó?");
  await b.sim.settle();
  expect(b.hook.items("standby")).toHaveLength(1);
  await b.graph("POST", `/${PAGE}/take_thread_control`, { recipient: { id: mai.psid } });
  expect((await b.send(mai.psid, { text: "em đây" })).status).toBe(200);
});
