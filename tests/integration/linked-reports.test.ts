import { dateOf } from "@tongdai/shared";
import { expect, onTestFinished, test } from "vitest";
import type { Person } from "../support/person.ts";
import { arrives, interactions, pass } from "../support/work.ts";
import { type World, world } from "../support/world.ts";

const ways = ["queue", "agent", "channel", "hour", "day"] as const;

/** All numbers of the day, and the facts behind them. */
async function reported(w: World, ha: Person) {
  const day = dateOf(w.clock.now(), "Asia/Ho_Chi_Minh");
  const time = { from: day, to: day };
  const numbers = await Promise.all(ways.map((groupBy) => ha.call("report.query", { ...time, groupBy })));
  const { segments } = await ha.call("report.rows", { ...time, measure: "segments" });
  return { numbers, segments };
}

async function closeAll(w: World, ha: Person): Promise<void> {
  for (const { id, version, state } of await interactions(w))
    if (state !== "closed")
      await ha.call("interaction.close", {
        interactionId: id,
        version,
        disposition: "Đã giải quyết",
        resolved: true,
        note: "",
      });
  await w.settle();
}

test.each(["sqlite", "postgres"] as const)(
  "linking customers and taking them apart again changes no number of a day, reckoned on or anew, on %s",
  async (engine) => {
    const w = await world({ engine, startAt: "2026-11-22T09:00:00+07:00" });
    onTestFinished(() => w.close());
    const ha = await w.person("ha", { roles: ["supervisor"], queues: "none" });
    const lan = await arrives(w);
    await pass(w, 20_000);
    await arrives(w);
    await pass(w, 20_000);
    await closeAll(w, ha);
    await lan.text("Còn nữa");
    await w.settle();
    await pass(w, 10_000);
    await closeAll(w, ha);

    const [one, other] = await w.gateway.ctx.store.db
      .selectFrom("identity")
      .select(["id", "customer_id"])
      .orderBy("id")
      .execute();
    if (!one || !other) throw new Error("two customers have written");
    const customer = async (customerId: string) => (await ha.call("customer.get", { customerId })).customer;
    const owners = async () =>
      (await interactions(w))
        .map((i) => i.customer_id)
        .map((id) => (id === one.customer_id ? "one" : "other"));
    const anew = () =>
      w.gateway.ctx.store.write((tx) =>
        tx.db.deleteFrom("setting").where("key", "=", "report.position").execute(),
      );

    const before = await reported(w, ha);
    expect(before.segments).toHaveLength(3);
    const [a, b] = [await customer(one.customer_id), await customer(other.customer_id)];
    const { customer: linked } = await ha.call("customer.link", {
      customerId: a.id,
      version: a.version,
      otherId: b.id,
      otherVersion: b.version,
    });
    expect(await owners()).toEqual(["one", "one", "one"]);
    expect(await reported(w, ha)).toEqual(before);
    await anew();
    expect(await reported(w, ha)).toEqual(before);

    const { version } = linked;
    await ha.call("customer.unlink", { customerId: linked.id, version, identityIds: [other.id] });
    expect(await owners()).toEqual(["one", "other", "one"]);
    expect(await reported(w, ha)).toEqual(before);
    await anew();
    expect(await reported(w, ha)).toEqual(before);
  },
);
