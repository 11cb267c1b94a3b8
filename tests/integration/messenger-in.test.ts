import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { conversationOf, countOf, entryOf, freshMid, fromCustomer, rowsOf } from "../support/meta.ts";
import { say, talk } from "../support/talk.ts";
import { APP, PAGE, SECOND_PAGE, type World, world } from "../support/world.ts";

describe.each(["sqlite", "postgres"] as const)("Messenger, incoming, on %s", (engine) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ engine });
  });
  afterEach(() => w.close());

  const post = (...entries: Parameters<typeof w.facebook.sendRaw>[1][]) =>
    w.facebook.sendRaw(APP.appId, entries.flat() as Parameters<typeof w.facebook.sendRaw>[1]);

  test("T2, T3: one message however often and however late it is delivered", async () => {
    const lan = await w.agent("lan");
    w.facebook.faults.set("webhook.duplicates", 3);
    const khach = w.facebook.customer({ pageId: PAGE.pageId, name: "Khách" });
    await khach.text("Một lần thôi");
    await w.settle();
    w.clock.advance(3 * 3_600_000);
    const body = w.facebook.deliveries[0]?.body ?? "";
    expect((await w.facebook.sendRaw(APP.appId, body)).status).toBe(200);
    await w.settle();
    expect((await rowsOf(w, khach.psid)).filter((r) => r.kind === "message")).toHaveLength(1);
    expect(lan.heard.filter((e) => e.name === "message.created")).toHaveLength(1);
    expect((await conversationOf(w, khach.psid)).unread).toBe(1);
  });

  test("T11, T12, T13: a doubled sticker is one, a picture alone has no text, a link preview keeps its text", async () => {
    w.facebook.faults.set("sticker.double", true, { times: 1 });
    const khach = w.facebook.customer({ pageId: PAGE.pageId, name: "Khách" });
    await khach.sticker();
    await khach.image();
    await w.facebook.event(PAGE.pageId, { kind: "fallback_without_payload", psid: khach.psid });
    await w.settle();
    const rows = await rowsOf(w, khach.psid);
    expect(rows.map((r) => r.text)).toEqual(["", "", "https://tongdai.example/san-pham"]);
    const kinds = rows.map((r) => (JSON.parse(r.attachments) as { kind: string }[]).map((a) => a.kind));
    expect(kinds).toEqual([["sticker"], ["image"], ["link"]]);
  });

  test("T16: what another app handles is history and makes no work", async () => {
    const lan = await w.agent("lan");
    const khach = w.facebook.customer({ pageId: PAGE.pageId, name: "Khách" });
    khach.ownedBy("5555");
    await khach.text("Tôi nói với ứng dụng kia");
    await khach.postback("Bắt đầu", "GET_STARTED");
    await w.settle();
    expect((await rowsOf(w, khach.psid)).map((r) => [r.text, r.interaction_id])).toEqual([
      ["Tôi nói với ứng dụng kia", null],
      ["Bắt đầu", null],
    ]);
    expect(lan.heard.filter((e) => e.name === "offer.made")).toEqual([]);
  });

  test("T17: policy without a sender, odd reactions and unknown attachments harm nobody", async () => {
    const t = await talk(w);
    const before = await countOf(w, "message");
    await w.facebook.event(PAGE.pageId, { kind: "policy_enforcement" });
    await w.facebook.event(PAGE.pageId, { kind: "unknown_attachment", psid: t.customer.psid });
    await w.facebook.event(PAGE.pageId, { kind: "unknown", psid: t.customer.psid });
    const mid = t.customer.transcript().messages[0]?.mid ?? "";
    await post([
      entryOf([
        fromCustomer(t.customer.psid, w.clock.now(), {
          reaction: { mid, action: "react", reaction: "other", emoji: "🫠" },
        }),
      ]),
    ]);
    await w.settle();
    const rows = await rowsOf(w, t.customer.psid);
    expect(await countOf(w, "message")).toBe(before + 1);
    expect(rows.at(-1)?.attachments).toContain('"unsupported"');
    expect(JSON.parse(rows[0]?.reactions ?? "[]")).toEqual([
      { by: "customer", emoji: "🫠", at: expect.any(Number) },
    ]);
    expect(w.facebook.deliveries.every((d) => d.attempts.every((a) => a.status === 200))).toBe(true);
  });

  test("T19, T23: a batch with a page that is not ours, and the console's sample, are answered and their neighbour lives", async () => {
    const at = w.clock.now();
    const hello = (psid: string, pageId: string) =>
      entryOf([fromCustomer(psid, at, { message: { mid: freshMid(), text: "chào" } }, pageId)], { pageId });
    const answer = await post([hello("71", "999999"), hello("72", "0"), hello("73", SECOND_PAGE.pageId)]);
    expect(answer).toEqual({ status: 200, body: "" });
    await w.settle();
    expect(await countOf(w, "conversation")).toBe(1);
    expect((await rowsOf(w, "73")).map((r) => r.text)).toEqual(["chào"]);
  });

  test("ids longer than a database can index are put aside, and their neighbours live", async () => {
    // Nothing repeats in it, so that it cannot be stored any shorter.
    const endless = Array.from({ length: 1_000 }, (_, i) =>
      String.fromCodePoint(0x4e00 + ((i * 7919) % 20_000)),
    );
    const id = endless.join("");
    const at = w.clock.now();
    const says = (psid: string, mid: string, more: object = {}) =>
      fromCustomer(psid, at, { message: { mid, text: "chào", ...more } });
    const answer = await post([
      entryOf([
        says("91", id),
        says(id, freshMid()),
        fromCustomer("92", at, { reaction: { mid: id, action: "react", emoji: "👍" } }),
        says("92", freshMid(), { reply_to: { mid: id } }),
      ]),
    ]);
    expect(answer).toEqual({ status: 200, body: "" });
    await w.settle();
    expect(await countOf(w, "conversation")).toBe(1);
    expect((await rowsOf(w, "92")).map((r) => r.text)).toEqual(["chào"]);
    const deliveries = await w.gateway.ctx.store.db.selectFrom("delivery").select("state").execute();
    expect(deliveries).toEqual([{ state: "done" }]);
  });

  test("T20: escapes and surrogates are verified over the bytes and read as what they mean", async () => {
    const body = `{"object":"page","entry":[{"id":"${PAGE.pageId}","time":${w.clock.now()},"messaging":[{"sender":{"id":"81"},"recipient":{"id":"${PAGE.pageId}"},"timestamp":${w.clock.now()},"message":{"mid":"m_v1","text":"Xin ch\\u00e0o \\ud83d\\ude00 https:\\/\\/a.vn"}}]}]}`;
    expect((await w.facebook.sendRaw(APP.appId, body)).status).toBe(200);
    await w.settle();
    expect((await rowsOf(w, "81")).map((r) => r.text)).toEqual(["Xin chào 😀 https://a.vn"]);
  });

  test("an edit, also before its message; a removal hides the words; ids beyond 2^53 stay exact", async () => {
    const psid = "90071992547409931";
    const item = (event: Parameters<typeof fromCustomer>[2]) =>
      entryOf([fromCustomer(psid, w.clock.now(), event)]);
    await post([item({ message_edit: { mid: "m_e", text: "sửa lần hai", num_edit: 2 } })]);
    await post([item({ message: { mid: "m_e", text: "bản đầu" } })]);
    await post([item({ message_edit: { mid: "m_e", text: "sửa lần một", num_edit: 1 } })]);
    await post([item({ message: { mid: "m_r", text: "nói nhầm" } })]);
    await post([item({ message: { mid: "m_r", is_deleted: true } })]);
    const bare = `{"object":"page","entry":[{"id":${PAGE.pageId},"messaging":[{"sender":{"id":${psid}},"recipient":{"id":${PAGE.pageId}},"timestamp":${w.clock.now()},"message":{"mid":"m_n","text":"số trần"}}]}]}`;
    expect((await w.facebook.sendRaw(APP.appId, bare)).status).toBe(200);
    await w.settle();
    const rows = await rowsOf(w, psid);
    expect(rows.map((r) => [r.text, r.state])).toEqual([
      ["sửa lần hai", "received"],
      ["nói nhầm", "removed"],
      ["số trần", "received"],
    ]);
    const lan = await w.person("lan");
    const { messages } = await lan.call("conversation.get", {
      conversationId: rows[0]?.conversation_id ?? "",
    });
    expect(messages.map((m) => m.text)).toEqual(["sửa lần hai", "", "số trần"]);
    const { hits } = await lan.call("conversation.search", { query: "noi nham" });
    expect(hits).toEqual([]);
  });

  test("a reply knows its message, one to an unknown message stands alone", async () => {
    const t = await talk(w);
    await say(t, "Anh cần gì ạ?");
    await w.settle();
    const mid = t.customer.transcript().messages.at(-1)?.mid ?? "";
    await t.customer.reply(mid, "Cái này");
    await post([
      entryOf([
        fromCustomer(t.customer.psid, w.clock.now() + 1_000, {
          message: { mid: freshMid(), text: "cái kia", reply_to: { mid: "m_before_us" } },
        }),
      ]),
    ]);
    await w.settle();
    const { messages } = await t.agent.call("conversation.get", { conversationId: t.conversationId });
    expect(messages.slice(-2).map((m) => m.replyTo)).toEqual([
      { messageId: messages.at(-3)?.id, excerpt: "Anh cần gì ạ?" },
      { messageId: null, excerpt: "" },
    ]);
  });
});
