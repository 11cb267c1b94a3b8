import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Customer } from "../simulators/facebook/index.ts";
import { type HeardLog, heardLog } from "../support/log.ts";
import { conversationOf, countOf, entryOf, freshMid, fromCustomer, rowsOf } from "../support/meta.ts";
import { anew, type Person } from "../support/person.ts";
import { say, talk } from "../support/talk.ts";
import { drain, until } from "../support/until.ts";
import { APP, PAGE, SECOND_PAGE, type World, world } from "../support/world.ts";

describe("webhooks and files", () => {
  let w: World;
  let heard: HeardLog;
  beforeEach(async () => {
    heard = heardLog();
    w = await world({ overrides: { log: heard.log } });
  });
  afterEach(() => w.close());

  const hello = (text = "chào", psid = "31") =>
    entryOf([fromCustomer(psid, w.clock.now(), { message: { mid: freshMid(), text } })]);
  const hook = () => `${w.gateway.url}/webhooks/facebook/${APP.appId}`;

  test("X8: only the app's own signature over the very bytes opens the door; nothing else leaves a trace", async () => {
    for (const signature of [
      "wrong",
      "missing",
      "other-app",
      { value: "" },
      { value: "sha256=" },
      { value: `sha256=${"0".repeat(64)}` },
      { value: "sha1=abc" },
    ] as const) {
      const answer = await w.facebook.sendRaw(APP.appId, [hello()], { signature });
      expect([signature, answer]).toEqual([signature, { status: 401, body: "" }]);
    }
    expect(await countOf(w, "delivery")).toBe(0);
    expect(await countOf(w, "message")).toBe(0);
    expect(heard.errors()).toEqual([]);
  });

  test("X8: a stale signature: a delivery sent again later changes nothing, and after the secret was changed the old one is refused", async () => {
    const body = JSON.stringify({ object: "page", entry: [hello("một lần", "33")] });
    expect((await w.facebook.sendRaw(APP.appId, body)).status).toBe(200);
    w.clock.advance(6 * 3_600_000);
    expect((await w.facebook.sendRaw(APP.appId, body)).status).toBe(200);
    await w.settle();
    expect((await rowsOf(w, "33")).map((r) => r.text)).toEqual(["một lần"]);
    expect((await conversationOf(w, "33")).unread).toBe(1);

    const admin = await w.person("quantri", { roles: ["admin"] });
    const accounts = await w.gateway.ctx.store.db.selectFrom("channel_account").selectAll().execute();
    for (const a of accounts)
      await admin.call("channel_account.save", {
        id: a.id,
        channel: "facebook",
        name: a.name,
        queueId: a.queue_id,
        config: { appSecret: "app-secret-moi" },
      });
    const before = await countOf(w, "delivery");
    expect((await w.facebook.sendRaw(APP.appId, body)).status).toBe(401);
    expect((await w.facebook.sendRaw(APP.appId, [hello("khoá cũ", "34")])).status).toBe(401);
    expect(await countOf(w, "delivery")).toBe(before);
    const signature = createHmac("sha256", "app-secret-moi").update(body).digest("hex");
    const headers = { "content-type": "application/json", "x-hub-signature-256": `sha256=${signature}` };
    expect((await fetch(hook(), { method: "POST", headers, body })).status).toBe(200);
    await w.settle();
    expect((await rowsOf(w, "33")).map((r) => r.text)).toEqual(["một lần"]);
  });

  test("sizes, shapes and types: a refusal or an answer, never a crash", async () => {
    const send = (body: string) => w.facebook.sendRaw(APP.appId, body).then((a) => a.status);
    expect(await send("x".repeat(1024 * 1024 + 1))).toBe(413);
    expect(await send("không phải JSON")).toBe(400);
    expect(await send("[".repeat(500_000))).toBe(400);
    expect([200, 400]).toContain(await send(`${"[".repeat(400_000)}${"]".repeat(400_000)}`));
    for (const body of [
      "null",
      "7",
      "[]",
      "{}",
      '{"object":"page"}',
      '{"object":"page","entry":[null,7,{}]}',
      '{"object":"user","entry":[]}',
    ])
      expect(await send(body)).toBe(200);
    const unsigned = await fetch(hook(), {
      method: "POST",
      headers: { "content-type": "text/weird" },
      body: "{}",
    });
    expect(unsigned.status).toBe(401);
    expect(
      (await fetch(`${w.gateway.url}/webhooks/facebook/999`, { method: "POST", body: "{}" })).status,
    ).toBe(404);
    expect((await fetch(`${w.gateway.url}/webhooks/pigeon/1`, { method: "POST", body: "{}" })).status).toBe(
      404,
    );
    expect((await fetch(`${hook()}?hub.mode=subscribe&hub.verify_token=nein&hub.challenge=1`)).status).toBe(
      403,
    );
    expect((await w.facebook.sendRaw(APP.appId, [hello("vẫn sống")])).status).toBe(200);
    await w.settle();
    expect((await rowsOf(w, "31")).map((r) => r.text)).toEqual(["vẫn sống"]);
  });

  test("X6: every text is stored, shown and found", async () => {
    const zoo = [
      "",
      "   ",
      "😀𠮷",
      "👨‍👩‍👧‍👦",
      "\u202Eexe.gnp",
      "a\u0000b",
      "lone \ud83d end",
      "Tiếng Việt".normalize("NFD"),
      "dài ".repeat(25_000),
    ];
    const at = w.clock.now() - 1_000;
    for (const [i, text] of zoo.entries())
      expect(
        (
          await w.facebook.sendRaw(APP.appId, [
            entryOf([fromCustomer("32", at + i, { message: { mid: freshMid(), text } })]),
          ])
        ).status,
      ).toBe(200);
    await w.settle();
    const rows = await rowsOf(w, "32");
    expect(rows.map((r) => r.text)).toEqual([
      "",
      "   ",
      "😀𠮷",
      "👨‍👩‍👧‍👦",
      "\u202Eexe.gnp",
      "ab",
      "lone \ufffd end",
      "Tiếng Việt".normalize("NFC"),
      "dài ".repeat(25_000),
    ]);
    const lan = await w.person("lan");
    const got = await lan.call("conversation.get", { conversationId: rows[0]?.conversation_id ?? "" });
    expect(got.messages).toHaveLength(zoo.length);
    expect((await lan.call("conversation.search", { query: "tieng viet" })).hits).toHaveLength(1);
    expect(heard.errors()).toEqual([]);
  });

  test("X5: a vendor's clock that is wrong moves neither the shown time nor the window far", async () => {
    const now = w.clock.now();
    const clocks = [now + 600_000, now - 600_000, 0, Math.floor(now / 1_000), now * 1_000, "x" as never];
    for (const [i, at] of clocks.entries())
      await w.facebook.sendRaw(APP.appId, [
        entryOf([fromCustomer(`4${i}`, at, { message: { mid: freshMid(), text: "giờ" } })], { time: at }),
      ]);
    await w.settle();
    for (const i of clocks.keys()) {
      const [row] = await rowsOf(w, `4${i}`);
      expect(Math.abs((row?.at ?? 0) - now)).toBeLessThanOrEqual(600_000);
    }
    const views = await w.gateway.ctx.store.db
      .selectFrom("conversation")
      .select(["window_opened_at"])
      .execute();
    expect(views).toHaveLength(clocks.length);
    for (const v of views) {
      const opened = v.window_opened_at ?? 0;
      expect(opened).toBeLessThanOrEqual(now);
      expect(opened).toBeGreaterThanOrEqual(now - 600_000);
    }
  });

  test("a message that is delivered three hours late opens no longer window than one that came at once", async () => {
    const wroteAt = w.clock.now() - 3 * 3_600_000;
    await w.facebook.sendRaw(APP.appId, [
      entryOf([fromCustomer("49", wroteAt, { message: { mid: freshMid(), text: "muộn" } })]),
    ]);
    await w.settle();
    const { window_opened_at, last_inbound_at } = await conversationOf(w, "49");
    expect([window_opened_at, last_inbound_at]).toEqual([wroteAt, wroteAt]);
  });

  test.each([
    ["not-found", "http_404"],
    ["redirect-private", "refused_address"],
    ["endless", "too_large"],
    ["wrong-type", null],
  ])("X7: a media host that answers %s leaves a placeholder that says why", async (fault, failure) => {
    const t = await talk(w);
    w.facebook.faults.set("media.host", fault);
    await t.customer.image();
    await until(
      async () => {
        await w.settle();
        w.clock.advance(60_000);
        return (await countOf(w, "outbox")) === 0;
      },
      "the fetch ending",
      25_000,
    );
    const { messages } = await t.agent.call("conversation.get", { conversationId: t.conversationId });
    const [attachment] = messages.at(-1)?.attachments ?? [];
    if (failure) expect(attachment).toMatchObject({ state: "failed", failure, mediaId: null });
    else expect(attachment?.mime).not.toBe("image/png");
  });

  test("files: names lose their paths, strangers and the unknown get nothing, too much is refused", async () => {
    const t = await talk(w);
    const stranger = await w.person("bao", { queues: "none" });
    const admin = await w.person("quantri", { roles: ["admin"] });
    const upload = (p: Person | null, bytes: Uint8Array<ArrayBuffer>, name: string) => {
      const form = new FormData();
      form.append("file", new Blob([bytes]), name);
      return fetch(`${w.gateway.url}/api/v1/media`, {
        method: "POST",
        body: form,
        ...(p ? { headers: { authorization: `Bearer ${p.token}` } } : {}),
      });
    };
    const get = (p: Person | null, id: string) =>
      fetch(
        `${w.gateway.url}/api/v1/media/${id}`,
        p ? { headers: { authorization: `Bearer ${p.token}` } } : {},
      );
    expect((await upload(null, new Uint8Array(10), "a.txt")).status).toBe(401);
    expect((await upload(admin, new Uint8Array(10), "a.txt")).status).toBe(403);
    expect((await upload(t.agent, new Uint8Array(25 * 1024 * 1024 + 1), "to.bin")).status).toBe(413);
    const empty = await upload(t.agent, new Uint8Array(0), "trong.txt");
    expect([empty.status, await empty.json()]).toMatchObject([400, { error: { code: "empty_file" } }]);
    const done = await upload(
      t.agent,
      new Uint8Array(Buffer.from("hoá đơn")),
      "../../etc/cron.d/hoá đơn.txt",
    );
    const { mediaId, name } = (await done.json()) as { mediaId: string; name: string };
    expect(name).toBe("hoá đơn.txt");
    expect((await get(t.agent, mediaId)).status).toBe(200);
    for (const p of [stranger, admin]) expect((await get(p, mediaId)).status).toBe(404);
    expect((await get(null, mediaId)).status).toBe(401);
    expect((await get(t.agent, crypto.randomUUID())).status).toBe(404);
    const { conversationId } = t;
    await expect(
      stranger.call("message.send", {
        clientId: crypto.randomUUID(),
        conversationId,
        text: "",
        mediaIds: [mediaId],
      }),
    ).rejects.toMatchObject({ code: "not_found" });
    await t.agent.call("message.send", {
      clientId: crypto.randomUUID(),
      conversationId,
      text: "",
      mediaIds: [mediaId],
    });
    await drain(w);
    expect(t.customer.attachments.map((a) => a.name)).toEqual(["hoá đơn.txt"]);
    expect((await get(stranger, mediaId)).status).toBe(404);
  });

  test.each(["429", "613"])(
    "X10: throttled by %s, the account rests and everything leaves in order; another page is not held up",
    async (kind) => {
      const t = await talk(w);
      const boss = await w.person("ha", { roles: ["supervisor"], queues: "both" });
      const other = w.facebook.customer({ pageId: SECOND_PAGE.pageId, name: "Khách bảo hành" });
      await other.text("Trang kia");
      await w.settle();
      const there = (await rowsOf(w, other.psid))[0]?.conversation_id ?? "";
      const arrived = (c: Customer) =>
        c
          .transcript()
          .messages.filter((m) => m.from === "page")
          .map((m) => m.text);

      w.facebook.faults.set("send.throttle", kind, { times: 1 });
      await say(t, "một");
      await w.settle();
      await say({ agent: boss, conversationId: there }, "không chờ ai");
      await w.settle();
      expect([arrived(t.customer), arrived(other)]).toEqual([[], ["không chờ ai"]]);

      w.facebook.faults.set("send.throttle", kind, { times: 2 });
      for (const text of ["hai", "ba"]) await say(t, text);
      await drain(w, { stepMs: 1_000 });
      expect(arrived(t.customer)).toEqual(["một", "hai", "ba"]);
    },
  );

  test("a page that must rest with a hundred conversations waiting does not hold up another page", async () => {
    const boss = await w.person("ha", { roles: ["supervisor"], queues: "both" });
    const first: string[] = [];
    for (let i = 0; i < 100; i++) await w.facebook.sendRaw(APP.appId, [hello("chờ", `5${i}`)]);
    const other = w.facebook.customer({ pageId: SECOND_PAGE.pageId, name: "Khách bảo hành" });
    await other.text("Trang kia");
    await drain(w);
    const { ctx } = w.gateway;
    const views = await ctx.store.db.selectFrom("conversation").selectAll().execute();
    for (const v of views.filter((x) => x.queue_id === w.queueId)) first.push(v.id);
    w.facebook.faults.set("send.throttle", "613");
    for (const conversationId of first.slice(0, 40))
      await boss.call("message.send", { clientId: crypto.randomUUID(), conversationId, text: "a" });
    await anew(boss); // the door lets one socket fifty commands a second in
    for (const conversationId of first.slice(40, 80))
      await boss.call("message.send", { clientId: crypto.randomUUID(), conversationId, text: "a" });
    await w.settle();
    w.facebook.faults.clear("send.throttle");
    await anew(boss);
    const there = views.find((v) => v.queue_id === w.secondQueueId)?.id ?? "";
    await boss.call("message.send", {
      clientId: crypto.randomUUID(),
      conversationId: there,
      text: "không chờ ai",
    });
    await w.settle();
    w.clock.advance(10);
    await w.settle();
    expect(other.transcript().messages.at(-1)?.text).toBe("không chờ ai");
  }, 60_000);

  test("X13: whatever goes wrong, the log holds no secret, no number and nobody's words", async () => {
    const t = await talk(w, { text: "Số tôi là 0901 234 567, mật khẩu hoa-sen-9" });
    for (const fault of ["send.serverError", "send.html", "send.closeAfterSend"] as const) {
      w.facebook.faults.set(fault, true, { times: 1 });
      await say(t, "Câu trả lời kín đáo");
      await drain(w, { stepMs: 5_000, steps: 20 });
    }
    w.facebook.faults.set("media.host", "not-found");
    await t.customer.image();
    await drain(w, { stepMs: 60_000, steps: 20 });
    w.facebook.revokeToken(PAGE.pageId);
    await say(t, "Câu trả lời kín đáo");
    await w.settle();
    await w.facebook.sendRaw(APP.appId, [hello("giả mạo kín")], { signature: "wrong" });
    await fetch(`${w.gateway.url}/api/v1/sessions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username: "lan", password: "mat-khau-sai-bét" }),
    });
    const log = heard.lines.join("\n");
    for (const secret of [
      "0901",
      "hoa-sen-9",
      "kín",
      "mat-khau",
      APP.appSecret,
      APP.verifyToken,
      PAGE.token,
      t.agent.token,
      "appsecret_proof",
      t.customer.name,
    ])
      expect(log).not.toContain(secret);
  });
});
