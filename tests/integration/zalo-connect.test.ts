import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { saveAccount } from "../../apps/gateway/src/features/channel-accounts/index.ts";
import type { Person } from "../support/person.ts";
import { say } from "../support/talk.ts";
import { approve, OA, received, SECOND_OA, type ZaloWorld, zaloWorld } from "../support/zalo.ts";

describe.each(["sqlite", "postgres"] as const)(
  "connecting by the vendor's permission page on %s",
  (engine) => {
    let z: ZaloWorld;
    let admin: Person;
    beforeEach(async () => {
      z = await zaloWorld({ engine, byConsent: true });
      admin = await z.w.person("quan-tri", { roles: ["admin"] });
    });
    afterEach(() => z.close());

    const connect = async () => (await admin.call("channel_account.connect", { accountId: z.accountId })).url;
    const health = async () => {
      const row = await z.w.gateway.ctx.store.db
        .selectFrom("channel_account")
        .selectAll()
        .where("id", "=", z.accountId)
        .executeTakeFirstOrThrow();
      return row.health;
    };

    test("what waited for permission leaves when the owner has given it, and everybody sees the account well", async () => {
      const t = await z.talk();
      await say(t, "Dạ em đây ạ");
      await z.settle();
      expect(await health()).toBe("login_needed");
      expect(received(t.customer)).toEqual([]);
      const answer = await approve(z, await connect());
      expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining("Đã kết nối")]);
      await admin.hear("channel_account.changed", (d) => d.account.health.state === "ok");
      await z.settle();
      expect(received(t.customer)).toMatchObject([{ text: "Dạ em đây ạ" }]);
    });

    test("what comes back is good once, for a quarter of an hour, and only with the word of our own link", async () => {
      const url = await connect();
      const back = z.zalo.consent(url, OA.oaId);
      expect((await fetch(back)).status).toBe(200);
      const again = await fetch(back);
      expect([again.status, await again.text()]).toEqual([400, expect.stringContaining("đã dùng rồi")]);
      const forged = new URL(z.zalo.consent(await connect(), OA.oaId));
      forged.searchParams.set("state", "x".repeat(43));
      expect((await fetch(forged)).status).toBe(400);
      const late = await connect();
      z.w.clock.advance(15 * 60_000);
      expect((await approve(z, late)).status).toBe(400);
    });

    test("an account that was switched off meanwhile is connected, and stays off", async () => {
      const url = await connect();
      const { ctx } = z.w.gateway;
      const {
        id: accountId,
        name,
        queue_id,
      } = await ctx.store.db
        .selectFrom("channel_account")
        .selectAll()
        .where("id", "=", z.accountId)
        .executeTakeFirstOrThrow();
      const off = {
        id: accountId,
        channel: "zalo",
        name,
        queueId: queue_id,
        enabled: false,
        config: {},
      } as const;
      await saveAccount(ctx, null, off);
      expect((await approve(z, url)).status).toBe(200);
      expect(await health()).toBe("off");
      await saveAccount(ctx, null, { ...off, enabled: true });
      await admin.call("channel_account.check", { accountId });
      expect(await health()).toBe("ok");
    });

    test("permission for another account of the app connects nothing, and says so", async () => {
      const answer = await approve(z, await connect(), SECOND_OA.oaId);
      expect([answer.status, await answer.text()]).toEqual([
        400,
        expect.stringContaining("một tài khoản khác"),
      ]);
      const kept = await z.w.gateway.ctx.store.db.selectFrom("credential").selectAll().execute();
      expect(kept.filter(({ sealed }) => sealed !== null)).toEqual([]);
    });

    test("an owner who refuses, and a vendor out of order, are told in plain words", async () => {
      const refused = new URL(z.zalo.consent(await connect(), OA.oaId));
      refused.searchParams.delete("code");
      expect(await (await fetch(refused)).text()).toContain("Chưa được cấp quyền");
      z.zalo.faults.set("token.down", true, { times: 1 });
      expect(await (await approve(z, await connect())).text()).toContain("Kênh không trả lời");
      expect((await approve(z, await connect())).status).toBe(200);
    });

    test("only who may manage channels begins it, and both ends are in the audit", async () => {
      const lan = await z.w.agent("lan");
      await expect(lan.call("channel_account.connect", { accountId: z.accountId })).rejects.toMatchObject({
        code: "forbidden",
      });
      await approve(z, await connect());
      const acts = await z.w.gateway.ctx.store.db
        .selectFrom("audit")
        .selectAll()
        .orderBy("at")
        .orderBy("id")
        .execute();
      const told = acts.filter(({ target, actor_id }) => target === z.accountId && actor_id !== null);
      expect(told.map(({ action }) => action)).toEqual([
        "channel_account.connect_began",
        "channel_account.connected",
      ]);
      expect(JSON.stringify(acts)).not.toContain("zalo-app-secret");
    });
  },
);
