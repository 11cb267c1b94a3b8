import { expect, onTestFinished, test } from "vitest";
import type { Person } from "../support/person.ts";
import { say } from "../support/talk.ts";
import { drain } from "../support/until.ts";
import { arrives } from "../support/work.ts";
import { type World, world } from "../support/world.ts";

const customersOf = async (w: World): Promise<{ id: string; customer_id: string; home_id: string }[]> =>
  w.gateway.ctx.store.db
    .selectFrom("identity")
    .select(["id", "customer_id", "home_id"])
    .orderBy("id")
    .execute();

async function link(ha: Person, one: string, other: string): Promise<void> {
  const { customer: a } = await ha.call("customer.get", { customerId: one });
  const { customer: b } = await ha.call("customer.get", { customerId: other });
  await ha.call("customer.link", {
    customerId: a.id,
    version: a.version,
    otherId: b.id,
    otherVersion: b.version,
  });
}

test.each(["sqlite", "postgres"] as const)(
  "who is linked while an offer is out, and taken out of three while the work is in hand, keeps what is theirs, on %s",
  async (engine) => {
    const w = await world({ engine });
    onTestFinished(() => w.close());
    const ha = await w.person("ha", { roles: ["supervisor"], queues: "none" });
    const first = await arrives(w);
    const second = await arrives(w);
    await arrives(w);
    await w.settle();
    const [one, two, three] = await customersOf(w);
    if (!one || !two || !three) throw new Error("three customers have written");
    const lan = await w.agent("lan");
    const { offer } = await lan.hear("offer.made", () => true);

    // The offered work's customer becomes the youngest of a chain.
    await link(ha, three.home_id, two.home_id);
    await link(ha, two.home_id, one.home_id);
    const { interaction } = await lan.call("offer.accept", { offerId: offer.id });
    expect(interaction.customerId).toBe(one.home_id);
    expect(new Set((await customersOf(w)).map((i) => i.customer_id))).toEqual(new Set([one.home_id]));

    // The oldest, on whose card all stand, goes.
    const { customer } = await ha.call("customer.get", { customerId: one.home_id });
    const { taken } = await ha.call("customer.unlink", {
      customerId: one.home_id,
      version: customer.version,
      identityIds: [one.id],
    });
    expect((await customersOf(w)).map((i) => i.customer_id)).toEqual([one.home_id, two.home_id, two.home_id]);
    expect(taken.identities.map((i) => i.id)).toEqual([one.id]);

    // Whoever has the work in hand goes on, and what is written stands with who wrote it.
    await say({ agent: lan, conversationId: interaction.conversationId }, "Dạ vâng");
    await drain(w);
    await first.text("Một đây");
    await second.text("Hai đây");
    await w.settle();
    const whose = await w.gateway.ctx.store.db
      .selectFrom("message as m")
      .innerJoin("conversation as c", "c.id", "m.conversation_id")
      .innerJoin("interaction as i", "i.id", "m.interaction_id")
      .select(["m.text", "c.customer_id", "i.customer_id as worked"])
      .where("m.text", "in", ["Một đây", "Hai đây"])
      .orderBy("m.text")
      .execute();
    expect(whose.map((m) => [m.text, m.customer_id, m.worked])).toEqual([
      ["Hai đây", two.home_id, two.home_id],
      ["Một đây", one.home_id, one.home_id],
    ]);
    const acts = await w.gateway.ctx.store.db
      .selectFrom("audit")
      .select(["action", "actor_id"])
      .where("action", "like", "customer.%linked")
      .orderBy("at")
      .orderBy("id")
      .execute();
    expect(acts.map((a) => a.action).toSorted()).toEqual([
      "customer.linked",
      "customer.linked",
      "customer.unlinked",
    ]);
  },
);
