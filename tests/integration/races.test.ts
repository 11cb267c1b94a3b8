import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { claim } from "../../apps/gateway/src/features/interactions/claim.ts";
import { acceptOffer } from "../../apps/gateway/src/features/interactions/offers.ts";
import { makeOffer } from "../../apps/gateway/src/features/routing/make-offer.ts";
import { loadCaller } from "../../apps/gateway/src/features/users/index.ts";
import { queueById } from "../../apps/gateway/src/store/people.ts";
import { type Person, personAt } from "../support/person.ts";
import { arrives, interactions, lastOffer } from "../support/work.ts";
import { PASSWORD, type World, world } from "../support/world.ts";

const ROUNDS = 1_000;
/** Pieces of work that are fought over side by side. */
const LANES = 4;

describe.each(["sqlite", "postgres"] as const)("races for work on %s", (engine) => {
  let w: World;
  beforeEach(async () => {
    w = await world({ engine });
  });
  afterEach(() => w.close());

  const callerOf = async (p: Person) => {
    const session = await w.gateway.ctx.store.db
      .selectFrom("session")
      .selectAll()
      .where("user_id", "=", p.userId)
      .executeTakeFirstOrThrow();
    return loadCaller(w.gateway.ctx, p.userId, session.id);
  };

  /** Puts the one interaction back to waiting, as if it had just come in. */
  const waitAgain = (id: string) =>
    w.gateway.ctx.store.write((tx) =>
      tx.db
        .updateTable("interaction")
        .set({ state: "waiting", owner_id: null })
        .where("id", "=", id)
        .execute()
        .then(() =>
          tx.db
            .updateTable("conversation")
            .set({ interaction_state: "waiting", owner_id: null })
            .where("interaction_id", "=", id)
            .execute(),
        ),
    );

  test(`in ${ROUNDS} rounds of claims at once exactly one wins and the others hear that it is taken`, async () => {
    const people = await Promise.all(["lan", "minh", "hoa"].map((name) => w.person(name)));
    for (let i = 0; i < LANES; i++) await arrives(w);
    const ids = (await interactions(w)).map((i) => i.id);
    const callers = await Promise.all(people.map(callerOf));
    const rounds = async (id: string) => {
      for (let round = 0; round < ROUNDS / LANES; round++) {
        const results = await Promise.allSettled(callers.map((caller) => claim(w.gateway.ctx, caller, id)));
        const won = results.filter((r) => r.status === "fulfilled");
        const lost = results.flatMap((r) =>
          r.status === "rejected" ? [(r.reason as { code: string }).code] : [],
        );
        expect([won.length, ...lost]).toEqual([1, "taken", "taken"]);
        const row = (await interactions(w)).find((i) => i.id === id);
        expect(won[0]?.value.ownerId).toBe(row?.owner_id);
        await waitAgain(id);
      }
    };
    await Promise.all(ids.map(rounds));
  }, 120_000);

  test("an offer accepted while somebody claims the same work has one owner, whoever wins", async () => {
    const [lan, minh] = await Promise.all(["lan", "minh"].map((name) => w.person(name)));
    if (!lan || !minh) throw new Error("unreachable");
    await arrives(w);
    const id = (await interactions(w))[0]?.id ?? "";
    const [accepter, claimer] = await Promise.all([callerOf(lan), callerOf(minh)]);
    const { ctx } = w.gateway;
    for (let round = 0; round < 100; round++) {
      await ctx.store.write(async (tx) => {
        const queue = await queueById(tx, w.queueId);
        const [row] = await tx.db.selectFrom("interaction").selectAll().where("id", "=", id).execute();
        if (!queue || !row) throw new Error("unreachable");
        await makeOffer(tx, ctx, { row, queue, userId: lan.userId, why: { code: "longest_idle", ring: 1 } });
      });
      const offer = await ctx.store.db
        .selectFrom("offer")
        .selectAll()
        .where("state", "=", "open")
        .executeTakeFirstOrThrow();
      const results = await Promise.allSettled([
        acceptOffer(ctx, accepter, offer.id),
        claim(ctx, claimer, id),
      ]);
      expect(results.filter((r) => r.status === "fulfilled")).toHaveLength(1);
      const codes = results.flatMap((r) =>
        r.status === "rejected" ? [(r.reason as { code: string }).code] : [],
      );
      expect(["taken", "expired"]).toContain(codes[0]);
      const open = await ctx.store.db.selectFrom("offer").selectAll().where("state", "=", "open").execute();
      expect(open).toEqual([]);
      await waitAgain(id);
    }
  }, 60_000);

  test("one agent on two desktops accepts twice: one succeeds, the other hears that it is over", async () => {
    const lan = await w.agent("lan");
    const second = await personAt(w.gateway.url, { username: "lan", password: PASSWORD });
    await arrives(w);
    const { id } = lastOffer(lan);
    const results = await Promise.allSettled(
      [lan, second, lan, second].map((p) => p.call("offer.accept", { offerId: id })),
    );
    expect(results.filter((r) => r.status === "fulfilled")).toHaveLength(1);
    for (const r of results) if (r.status === "rejected") expect(r.reason).toMatchObject({ code: "expired" });
    await w.settle();
    const [agent] = await w.gateway.ctx.store.db.selectFrom("interaction").select("owner_id").execute();
    expect(agent?.owner_id).toBe(lan.userId);
    expect(second.heard.some((e) => e.name === "offer.ended")).toBe(true);
  });
});
