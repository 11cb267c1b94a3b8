import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FakeChannel, fakeChannel } from "../../channels/fake/index.ts";
import { type FakeAccounts, fakeAccounts } from "../../testing/fake-accounts.ts";
import { ask, type Scene, scene } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers } from "./index.ts";

const ROUNDS = Number(process.env["TONGDAI_TEST_STEPS"] ?? 20);

describe.each(["sqlite", "postgres"] as const)("linking while customers write, on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  const text = fakeChannel({ id: "sms", capabilities: { address: "phone" } });
  const chat = fakeChannel({ id: "zalo" });
  let accounts: FakeAccounts;
  beforeAll(async () => {
    ctx = await testCtx({ engine, channels: [text.channel, chat.channel] });
    s = await scene(ctx);
    accounts = await fakeAccounts(ctx, s.care, [text, chat]);
  });
  afterAll(() => ctx.close());

  let n = 0;
  const writes = (fake: FakeChannel, from: string, words: string) =>
    accounts.deliver(fake, fake.inbound().message({ from, text: words, externalId: `r${++n}` }));
  const of = (fake: FakeChannel, externalId: string) => accounts.conversationOf(fake, externalId);
  const get = async (customerId: string) => {
    const handler = handlers["customer.get"];
    return (await ask(ctx, s.ha, { name: "customer.get", handler, input: { customerId } })).customer;
  };

  /** Takes them apart where they are one, else makes them one. */
  async function regroup(one: string, other: string, identityId: string): Promise<void> {
    const [a, b] = [await get(one), await get(other)];
    if (a.id === b.id) {
      const input = { customerId: a.id, version: a.version, identityIds: [identityId] };
      await ask(ctx, s.ha, { name: "customer.unlink", handler: handlers["customer.unlink"], input });
    } else {
      const input = { customerId: a.id, version: a.version, otherId: b.id, otherVersion: b.version };
      await ask(ctx, s.ha, { name: "customer.link", handler: handlers["customer.link"], input });
    }
  }

  test("nobody is locked out: every message arrives at once, and a regrouping only loses against another one", async () => {
    await writes(text, "+84901000001", "chào");
    await writes(chat, "z1", "chào");
    const [one, other] = [await of(text, "+84901000001"), await of(chat, "z1")];
    const twice = () => regroup(one.customer_id, other.customer_id, other.identity_id);
    for (let round = 0; round < ROUNDS; round++) {
      const ended = await Promise.allSettled([
        writes(text, "+84901000001", `đơn DH${round}`),
        twice(),
        writes(chat, "z1", `số em 0901 000 001, đơn DH${round}`),
        twice(),
        writes(text, `+8490200${String(round).padStart(4, "0")}`, "chào"),
      ]);
      const lost = ended.flatMap((e) => (e.status === "rejected" ? [e.reason.code] : []));
      expect(lost.filter((code) => code !== "conflict" && code !== "not_found")).toEqual([]);
    }
    const messages = await ctx.store.db.selectFrom("message").select("id").execute();
    expect(messages).toHaveLength(2 + 3 * ROUNDS);
    const troubled = ctx.store.db.selectFrom("delivery").select("error").where("error", "is not", null);
    expect(await troubled.execute()).toEqual([]);
    // The store tries again what was locked out; in one order of locks nothing is.
    if (engine === "postgres") {
      const { rows } = await sql<{ deadlocks: string }>`
        select deadlocks from pg_stat_database where datname = current_database()`.execute(ctx.store.db);
      expect(rows.map((r) => Number(r.deadlocks))).toEqual([0]);
    }
    // Whoever they are in the end, what each has written stands where they are.
    for (const [fake, address] of [
      [text, "+84901000001"],
      [chat, "z1"],
    ] as const) {
      const view = await of(fake, address);
      const identity = (await get(view.customer_id)).identities.map((i) => i.id);
      expect(identity).toContain(view.identity_id);
    }
  });
});
