import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { countOf, entryOf, rowsOf } from "../support/meta.ts";
import { say, type Talk, talk } from "../support/talk.ts";
import { drain } from "../support/until.ts";
import { APP, PAGE, type World, world } from "../support/world.ts";

describe.each(["sqlite", "postgres"] as const)("what a channel's trouble holds back, on %s", (engine) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ engine });
  });
  afterEach(() => w.close());

  const health = async () =>
    (
      await w.gateway.ctx.store.db
        .selectFrom("channel_account")
        .select("health")
        .where("id", "=", w.accountId)
        .executeTakeFirstOrThrow()
    ).health;
  const policy = async (action: "block" | "unblock") => {
    const at = w.clock.now();
    const item = {
      recipient: { id: PAGE.pageId },
      timestamp: at,
      policy_enforcement: { action, reason: "" },
    };
    await w.facebook.sendRaw(APP.appId, [entryOf([item])]);
    await w.settle();
  };
  const answers = async (t: Talk) =>
    (await rowsOf(w, t.customer.psid)).filter((r) => r.direction === "out").map((r) => r.state);
  const arrived = (t: Talk) =>
    t.customer
      .transcript()
      .messages.filter((m) => m.from === "page")
      .map((m) => m.text);

  test("an answer written while Meta blocks the page leaves when Meta unblocks it", async () => {
    const t = await talk(w);
    await policy("block");
    expect(await health()).toBe("restricted");
    await say(t, "khi bị chặn");
    await w.settle();
    expect(await answers(t)).toEqual(["queued"]);
    await policy("unblock");
    await drain(w);
    expect(await health()).toBe("ok");
    expect(arrived(t)).toEqual(["khi bị chặn"]);
    expect(await countOf(w, "outbox")).toBe(0);
  });

  test("a token that ends soon or lacks a permission is told before a customer meets it", async () => {
    const admin = await w.person("quan-tri", { roles: ["admin"] });
    w.facebook.faults.set("token.expires", Math.floor(w.clock.now() / 1_000) + 2 * 24 * 3_600);
    w.facebook.faults.set("token.lacks", "pages_messaging");
    const { account } = await admin.call("channel_account.check", { accountId: w.accountId });
    expect(account.health.state).toBe("ok");
    expect(account.alarms.map(({ kind, level }) => [kind, level])).toEqual([
      ["permissions", "danger"],
      ["expiry", "danger"],
    ]);
  });

  test("an unblock mends no dead token; what waits leaves once the token is good again", async () => {
    const t = await talk(w);
    w.facebook.revokeToken(PAGE.pageId);
    await say(t, "khi mã đã chết");
    await w.settle();
    await policy("unblock");
    expect(await health()).toBe("login_needed");
    expect(await answers(t)).toEqual(["queued"]);
    w.facebook.restoreToken(PAGE.pageId);
    w.clock.advance(31 * 60_000);
    await drain(w);
    expect(await health()).toBe("ok");
    expect(arrived(t)).toEqual(["khi mã đã chết"]);
  });

  test("without the key of its secrets nothing leaves an account, which says so; with it, all of it leaves once", async () => {
    const t = await talk(w);
    const key = join(w.gateway.ctx.config.dataDir, "secret.key");
    const right = readFileSync(key);
    writeFileSync(key, `${randomBytes(32).toString("base64")}\n`);
    await w.restart();
    await t.agent.connect();
    await say(t, "khi mất chìa khoá");
    await w.settle();
    expect(await answers(t)).toEqual(["queued"]);
    expect(await health()).toBe("login_needed");
    w.clock.advance(31 * 60_000);
    await drain(w);
    expect(await answers(t)).toEqual(["queued"]);
    expect(await health()).toBe("login_needed");
    writeFileSync(key, right);
    await w.restart();
    w.clock.advance(61_000);
    await drain(w);
    expect(await health()).toBe("ok");
    expect(arrived(t)).toEqual(["khi mất chìa khoá"]);
  });

  test("what a stopped gateway left held leaves when it starts and the account is well", async () => {
    const t = await talk(w);
    w.facebook.revokeToken(PAGE.pageId);
    await say(t, "giữ qua lần khởi động");
    await w.settle();
    w.facebook.restoreToken(PAGE.pageId);
    await w.gateway.ctx.store.write((tx) =>
      tx.db.updateTable("channel_account").set({ health: "ok" }).where("id", "=", w.accountId).execute(),
    );
    await w.restart();
    await drain(w);
    expect(arrived(t)).toEqual(["giữ qua lần khởi động"]);
  });

  test("who came while the token was dead has a name once it is good again; who stayed nameless gets one with the next message", async () => {
    const name = async (psid: string) =>
      (
        await w.gateway.ctx.store.db
          .selectFrom("customer as c")
          .innerJoin("identity as i", "i.customer_id", "c.id")
          .where("i.external_id", "=", psid)
          .select("c.name")
          .executeTakeFirstOrThrow()
      ).name;
    w.facebook.revokeToken(PAGE.pageId);
    const mai = w.facebook.customer({ pageId: PAGE.pageId, name: "Phạm Thị Mai" });
    await mai.text("Xin chào");
    await w.settle();
    expect(await health()).toBe("login_needed");
    for (let i = 0; i < 12; i++) {
      w.clock.advance(60_000);
      await w.settle();
    }
    expect(await name(mai.psid)).toBe(`#${mai.psid.slice(-6)}`);
    w.facebook.restoreToken(PAGE.pageId);
    w.clock.advance(31 * 60_000);
    await drain(w);
    expect([await health(), await name(mai.psid)]).toEqual(["ok", "Phạm Thị Mai"]);

    await w.gateway.ctx.store.write((tx) =>
      tx.db
        .updateTable("customer")
        .set({ name: `#${mai.psid.slice(-6)}` })
        .execute(),
    );
    await w.gateway.ctx.store.write((tx) =>
      tx.db
        .updateTable("identity")
        .set({ display_name: `#${mai.psid.slice(-6)}`, profile_at: null })
        .execute(),
    );
    await mai.text("Còn đó không");
    await drain(w);
    expect(await name(mai.psid)).toBe("Phạm Thị Mai");
    expect(await countOf(w, "outbox")).toBe(0);
  });

  test("a channel that is switched off refuses answers, and loses nothing that customers write", async () => {
    const t = await talk(w);
    const admin = await w.person("quantri", { roles: ["admin"] });
    const first = (await rowsOf(w, t.customer.psid))[0]?.id ?? "";
    const turn = async (enabled: boolean) => {
      const { queueId, accountId: id } = w;
      const input = { id, channel: "facebook" as const, name: PAGE.name, queueId, enabled, config: {} };
      await admin.call("channel_account.save", input);
      await w.settle();
    };
    await turn(false);
    const refused = { code: "channel_paused" };
    await expect(say(t, "khi đã tắt")).rejects.toMatchObject(refused);
    const react = t.agent.call("message.react", { messageId: first, emoji: "❤️" });
    await expect(react).rejects.toMatchObject(refused);
    await t.customer.text("khách vẫn viết");
    const stranger = w.facebook.customer({ pageId: PAGE.pageId, name: "Khách mới" });
    await stranger.text("có ai không");
    await w.settle();
    expect((await rowsOf(w, t.customer.psid)).map((r) => r.text)).toEqual(["Xin chào", "khách vẫn viết"]);
    expect((await rowsOf(w, stranger.psid)).every((r) => r.interaction_id !== null)).toBe(true);
    expect(await health()).toBe("off");

    await turn(true);
    await say(t, "bật lại rồi");
    await drain(w);
    expect(arrived(t)).toEqual(["bật lại rồi"]);
    const name = w.gateway.ctx.store.db.selectFrom("identity").select("display_name");
    expect(await name.where("external_id", "=", stranger.psid).executeTakeFirst()).toEqual({
      display_name: "Khách mới",
    });
  });
});
