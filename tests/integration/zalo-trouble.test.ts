import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { conversationOf, rowsOf } from "../support/meta.ts";
import { personAt } from "../support/person.ts";
import { say } from "../support/talk.ts";
import { drain, until } from "../support/until.ts";
import { pass } from "../support/work.ts";
import { PASSWORD } from "../support/world.ts";
import { approve, received, ZALO_APP, type ZaloOptions, type ZaloWorld, zaloWorld } from "../support/zalo.ts";

const HOUR = 3_600_000;

describe.each(["sqlite", "postgres"] as const)("Zalo in trouble on %s", (engine) => {
  let z: ZaloWorld;
  const begin = async (o: ZaloOptions = {}) => {
    z = await zaloWorld({ engine, ...o });
  };
  afterEach(() => z.close());

  const outgoing = async (userId: string) =>
    (await rowsOf(z.w, userId)).filter((m) => m.direction === "out").map((m) => [m.text, m.state]);
  const health = async () => {
    const rows = await z.w.gateway.ctx.store.db.selectFrom("channel_account").selectAll().execute();
    return rows.find(({ id }) => id === z.accountId)?.health;
  };
  const back = () => personAt(z.w.gateway.url, { username: "lan", password: PASSWORD });

  describe("windows and quotas", () => {
    test("Z19: what Zalo refuses although our clock allows it closes the window until the customer writes again", async () => {
      await begin();
      const t = await z.talk();
      z.zalo.timeTravel(7 * 24 * HOUR + 1);
      await say(t, "quá hạn bên Zalo");
      await z.settle();
      expect(await outgoing(t.customer.userId)).toEqual([["quá hạn bên Zalo", "failed"]]);
      await expect(say(t, "lần nữa")).rejects.toMatchObject({ code: "window_closed" });
      z.w.clock.advance(1_000);
      await t.customer.text("Tôi đây");
      await z.settle();
      await say(t, "Dạ vâng");
      await z.settle();
      expect(received(t.customer).map((m) => m.text)).toEqual(["Dạ vâng"]);
      expect(await health()).toBe("ok");
    });

    test("an answer after 48 hours is charged, and one after 7 days is refused here", async () => {
      await begin();
      const t = await z.talk();
      await pass(z.w, 49 * HOUR);
      await say({ ...t, agent: await back() }, "mất phí");
      await z.settle();
      expect(received(t.customer)).toMatchObject([{ text: "mất phí", charged: true }]);
      await pass(z.w, 5 * 24 * HOUR);
      await expect(say({ ...t, agent: await back() }, "trễ")).rejects.toMatchObject({
        code: "window_closed",
      });
    });

    test("without quota the account waits for its owner, and the queue is kept", async () => {
      await begin({ chargedQuota: 0 });
      const t = await z.talk();
      z.zalo.timeTravel(3 * 24 * HOUR);
      await say(t, "hết hạn mức");
      await z.settle();
      expect([await health(), await outgoing(t.customer.userId)]).toEqual([
        "restricted",
        [["hết hạn mức", "queued"]],
      ]);
      z.zalo.timeBack();
      const admin = await z.w.person("quan-tri", { roles: ["admin"] });
      await admin.call("channel_account.check", { accountId: z.accountId });
      await drain(z.w);
      await z.settle();
      expect(received(t.customer).map((m) => m.text)).toEqual(["hết hạn mức"]);
    });
  });

  describe("tokens", () => {
    /** As another process does it: asks with what is kept, and keeps what it got. */
    async function rotateElsewhere(): Promise<void> {
      const { store, secrets } = z.w.gateway.ctx;
      const row = await store.db
        .selectFrom("credential")
        .selectAll()
        .where("account_id", "=", z.accountId)
        .executeTakeFirstOrThrow();
      const kept = JSON.parse(secrets.open(row.sealed ?? ""));
      const answer = await fetch(`${z.zalo.url}/v4/oa/access_token`, {
        method: "POST",
        headers: { secret_key: ZALO_APP.appSecret },
        body: new URLSearchParams({
          app_id: ZALO_APP.appId,
          grant_type: "refresh_token",
          refresh_token: kept.refreshToken,
        }),
      });
      const { access_token: accessToken, refresh_token: refreshToken } = JSON.parse(await answer.text());
      await store.write((tx) =>
        tx.db
          .updateTable("credential")
          .set({ sealed: secrets.seal(JSON.stringify({ ...kept, accessToken, refreshToken })) })
          .where("account_id", "=", z.accountId)
          .execute(),
      );
    }

    test("a token that another process has renewed is taken from the store, and each message leaves once", async () => {
      await begin();
      const t = await z.talk();
      await rotateElsewhere();
      for (const text of ["một", "hai", "ba"]) await say(t, text);
      await drain(z.w);
      await z.settle();
      expect(received(t.customer).map((m) => m.text)).toEqual(["một", "hai", "ba"]);
      expect(await health()).toBe("ok");
    });

    test("a token is renewed before it ends: a day of silence changes nothing", async () => {
      await begin();
      const t = await z.talk();
      await pass(z.w, 26 * HOUR);
      await say({ ...t, agent: await back() }, "hôm sau");
      await z.settle();
      expect(received(t.customer).map((m) => m.text)).toEqual(["hôm sau"]);
    });

    test("Z8: an answer of the token door that got lost asks for permission anew; what waited leaves once", async () => {
      await begin();
      const t = await z.talk();
      z.zalo.faults.set("token.lost", true, { times: 1 });
      z.zalo.faults.set("token.revoked", true, { times: 1 });
      await say(t, "giữ lấy câu này");
      await z.settle();
      await drain(z.w, { stepMs: 1_000, steps: 60 });
      expect([await health(), await outgoing(t.customer.userId)]).toEqual([
        "login_needed",
        [["giữ lấy câu này", "queued"]],
      ]);
      const admin = await z.w.person("quan-tri", { roles: ["admin"] });
      const { url } = await admin.call("channel_account.connect", { accountId: z.accountId });
      expect((await approve(z, url)).status).toBe(200);
      await drain(z.w);
      await z.settle();
      expect(await health()).toBe("ok");
      expect(received(t.customer).map((m) => m.text)).toEqual(["giữ lấy câu này"]);
    });
  });

  describe("answers that never come", () => {
    beforeEach(() => begin());

    test.each(["send.closeAfterSend", "send.errorAfterSend"] as const)(
      "%s: the echo proves the message",
      async (fault) => {
        const t = await z.talk();
        z.zalo.faults.set(fault, true, { times: 1 });
        await say(t, "mạng chập chờn");
        await z.settle();
        await drain(z.w, { stepMs: 60_000, steps: 10 });
        expect(received(t.customer)).toHaveLength(1);
        expect(await outgoing(t.customer.userId)).toEqual([["mạng chập chờn", "delivered"]]);
      },
    );

    test("without an echo it is unknown, and never sent again by itself, also after a stop", async () => {
      const t = await z.talk();
      for (const fault of ["send.closeAfterSend", "echo.drop", "received.drop"] as const)
        z.zalo.faults.set(fault, true, { times: 1 });
      await say(t, "rớt mạng");
      await z.settle();
      await z.w.restart();
      await drain(z.w, { stepMs: 60_000, steps: 10 });
      expect(await outgoing(t.customer.userId)).toEqual([["rớt mạng", "unknown"]]);
      expect(received(t.customer)).toHaveLength(1);
    });

    test("an answer that comes after our patience leaves one copy", async () => {
      const t = await z.talk();
      z.zalo.faults.set("send.delay", 120_000, { times: 1 });
      for (const fault of ["echo.drop", "received.drop"] as const)
        z.zalo.faults.set(fault, true, { times: 1 });
      await say(t, "mạng chậm");
      await until(() => received(t.customer).length === 1, "the message at the customer's");
      z.w.clock.advance(31_000);
      await z.w.gateway.settle();
      await say(t, "sau");
      z.w.clock.advance(600_000);
      await z.settle();
      expect(await outgoing(t.customer.userId)).toEqual([
        ["mạng chậm", "unknown"],
        ["sau", "delivered"],
      ]);
      expect(received(t.customer).map((m) => m.text)).toEqual(["mạng chậm", "sau"]);
    });

    test("an outage keeps the queue, in order", async () => {
      const t = await z.talk();
      z.zalo.faults.set("api.throttle", true, { times: 3 });
      for (const text of ["một", "hai", "ba"]) await say(t, text);
      await drain(z.w, { stepMs: 1_000 });
      await z.settle();
      expect(received(t.customer).map((m) => m.text)).toEqual(["một", "hai", "ba"]);
    });
  });

  test("events that come late, twice and the other way round make one story in the vendor's order", async () => {
    await begin();
    const t = await z.talk();
    z.zalo.hold();
    for (const text of ["một", "hai", "ba"]) await t.customer.text(text);
    z.zalo.faults.set("webhook.duplicates", 1);
    await z.zalo.release({ reverse: true });
    await z.settle();
    const rows = await rowsOf(z.w, t.customer.userId);
    expect(rows.map((m) => m.text)).toEqual(["Xin chào", "một", "hai", "ba"]);
    expect((await conversationOf(z.w, t.customer.userId)).account_id).toBe(z.accountId);
  });
});
