import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rowsOf } from "../../support/meta.ts";
import { say, talk } from "../../support/talk.ts";
import { drain } from "../../support/until.ts";
import { pass } from "../../support/work.ts";
import { PAGE, type World, world } from "../../support/world.ts";

describe.each(["sqlite", "postgres"] as const)(
  "work that a timer begins and a store's failure cuts off, on %s",
  (engine) => {
    let w: World;
    beforeEach(async () => {
      w = await world({ engine });
    });
    afterEach(() => w.close());

    const rename = (from: string, to: string) =>
      w.gateway.ctx.store.write((tx) =>
        sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`.execute(tx.db).then(() => undefined),
      );
    const deliveries = async () =>
      (
        await w.gateway.ctx.store.db
          .selectFrom("delivery")
          .select("state")
          .where("state", "<>", "done")
          .execute()
      ).map((d) => d.state);

    test("a delivery that waits for its next attempt gets another one", async () => {
      const t = await talk(w);
      await rename("conversation", "away");
      await t.customer.text("Giữ lấy câu này");
      await w.settle();
      await rename("delivery", "away_too");
      await pass(w, 5_000);
      await rename("away_too", "delivery");
      await rename("away", "conversation");
      expect(await deliveries()).toEqual(["pending"]);
      await pass(w, 60_000);
      expect(await deliveries()).toEqual([]);
      expect((await rowsOf(w, t.customer.psid)).map((r) => r.text)).toEqual(["Xin chào", "Giữ lấy câu này"]);
      await pass(w, 60_000);
      expect(
        await w.gateway.ctx.store.db.selectFrom("timer").selectAll().where("kind", "=", "delivery").execute(),
      ).toEqual([]);
    });

    test("an account in trouble is looked at again", async () => {
      const t = await talk(w);
      w.facebook.revokeToken(PAGE.pageId);
      await say(t, "chờ mã mới");
      await w.settle();
      await rename("channel_account", "away");
      await pass(w, 31 * 60_000);
      await rename("away", "channel_account");
      w.facebook.restoreToken(PAGE.pageId);
      await pass(w, 31 * 60_000);
      await drain(w);
      expect(
        (await rowsOf(w, t.customer.psid)).filter((r) => r.direction === "out").map((r) => r.state),
      ).not.toContain("queued");
    });
  },
);
