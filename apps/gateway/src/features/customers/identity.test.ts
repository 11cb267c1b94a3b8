import { Customer, events } from "@tongdai/shared";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { journalOf, type Scene, scene, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { vendorName } from "./find-or-create.ts";
import { applyProfile, findOrCreateByIdentity } from "./index.ts";

describe.each(["sqlite", "postgres"] as const)("identities on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  beforeAll(async () => {
    ctx = await testCtx({ engine });
    s = await scene(ctx);
  });
  afterAll(() => ctx.close());

  const find = (externalId: string, displayName = "#123") =>
    ctx.store.write((tx) =>
      findOrCreateByIdentity(tx, {
        accountId: s.accounts[s.care] ?? "",
        channel: "facebook",
        externalId,
        displayName,
        at: ctx.clock.now(),
        queueId: s.care,
      }),
    );
  const row = (id: string) =>
    ctx.store.db.selectFrom("customer").selectAll().where("id", "=", id).executeTakeFirst();

  test("fifty first contacts at once make one customer", async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => find("racing", "Racing")));
    expect(new Set(all.map((f) => f.identityId)).size).toBe(1);
    expect(new Set(all.map((f) => f.customerId)).size).toBe(1);
    expect(all.filter((f) => f.created)).toHaveLength(1);
    const customers = await ctx.store.db
      .selectFrom("customer")
      .select("id")
      .where("name", "=", "Racing")
      .execute();
    expect(customers).toHaveLength(1);
    const told = (await journalOf(ctx, "customer.created")).filter((r) => r.data.includes("racing"));
    expect(told.map((r) => r.scopes)).toEqual([[`queue:${s.care}`, "all"]]);
  });

  test("a strange name is cleaned, an empty one becomes the address", async () => {
    const odd = await find("odd", "  Lan\u0000 \ud800\n Ngo\u0302  ");
    expect((await row(odd.customerId))?.name).toBe("Lan \ufffd Ngô");
    const empty = await find("empty", " \u0000 ");
    expect((await row(empty.customerId))?.name).toBe("empty");
    expect(vendorName("👨‍👩‍👧‍👦".repeat(30))?.length).toBeLessThanOrEqual(200);
  });

  test("the vendor's name replaces the placeholder and later the vendor's own, never an agent's", async () => {
    const { identityId, customerId } = await find("renamed");
    const apply = (name: string | null, avatarMediaId?: string) =>
      ctx.store.write((tx) =>
        applyProfile(tx, {
          identityId,
          name,
          at: ctx.clock.now(),
          ...(avatarMediaId === undefined ? {} : { avatarMediaId }),
        }),
      );
    const name = async () => (await row(customerId))?.name;
    await apply("Lan Nguyễn");
    expect(await name()).toBe("Lan Nguyễn");
    await apply("Lan N.");
    expect(await name()).toBe("Lan N.");
    await ctx.store.write((tx) =>
      tx.db.updateTable("customer").set({ name: "Chị Lan Huế" }).where("id", "=", customerId).execute(),
    );
    const changed = await apply("Lan Ng.");
    expect(await name()).toBe("Chị Lan Huế");
    expect(changed?.identities[0]?.displayName).toBe("Lan Ng.");
    expect((await row(customerId))?.folded).toBe("chi lan hue");
  });

  test("a profile that says nothing new is not told", async () => {
    const { identityId, customerId } = await find("silent", "Minh");
    const apply = (name: string | null) =>
      ctx.store.write((tx) => applyProfile(tx, { identityId, name, at: 7 }));
    expect(await apply(null)).toBeNull();
    expect(await apply("Minh")).toBeNull();
    expect((await row(customerId))?.version).toBe(1);
    const identity = await ctx.store.db
      .selectFrom("identity")
      .select("profile_at")
      .where("id", "=", identityId)
      .executeTakeFirst();
    expect(identity?.profile_at).toBe(7);
  });

  test("a new picture is told to the queues of the customer's conversations", async () => {
    const w = await work(ctx, s, { queueId: s.warranty, ownerId: s.minh.userId });
    const avatarMediaId = "018f0000-0000-7000-8000-000000000001";
    await ctx.store.write((tx) =>
      applyProfile(tx, { identityId: w.identityId, name: null, avatarMediaId, at: 7 }),
    );
    const last = (await journalOf(ctx, "customer.updated")).at(-1);
    expect(last?.scopes).toEqual([`queue:${s.warranty}`, `user:${s.minh.userId}`, "all"]);
    const { customer } = events["customer.updated"].parse(JSON.parse(last?.data ?? ""));
    expect(Customer.parse(customer).identities[0]?.avatarMediaId).toBe(avatarMediaId);
  });
});
