import {
  type AppError,
  type CommandInput,
  type CommandName,
  defaultWrapUpRules,
  type WaitRules,
} from "@tongdai/shared";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "./context.ts";
import { handlers } from "./features/interactions/index.ts";
import { saveQueue } from "./features/queues/index.ts";
import { makeOffer } from "./features/routing/make-offer.ts";
import { setTimer } from "./features/timers/index.ts";
import type { Handler } from "./realtime/handler.ts";
import { interactionById } from "./store/interactions.ts";
import { insertAgentState, queueById } from "./store/people.ts";
import type { InteractionRow } from "./store/schema.ts";
import { type OnEngine, onEngine } from "./testing/on-engine.ts";
import { ask, type Scene, scene, work } from "./testing/scene.ts";
import { expectWhole } from "./testing/whole.ts";

/** More for a long run: `TONGDAI_TEST_STEPS=300 npx vitest run --project gateway life-races`. */
const ROUNDS = Number(process.env["TONGDAI_TEST_STEPS"] ?? 4);
const MINUTE = 60_000;
const WRAP_UP_MS = 20_000;

type Name = Extract<CommandName, keyof typeof handlers>;
/** Who was quicker is told so; nothing else may come of a race. */
const LOST = ["conflict", "taken", "expired", "illegal_transition", "not_found", "forbidden"];

describe.each(["sqlite", "postgres"] as const)("two who meet over one piece of work, on %s", (engine) => {
  let g: OnEngine;
  let s: Scene;
  beforeEach(async () => {
    g = await onEngine(engine);
    s = await scene(g.gateway.ctx);
    await save(s.care, [s.lan]);
    await save(s.warranty, [s.minh]);
    for (const { userId } of [s.lan, s.minh]) await isThere(userId);
  });
  afterEach(() => g.close());

  /** Two who waited for each other until the database ended it, after a second in which nobody had either. */
  async function deadlocks(): Promise<number> {
    if (engine === "sqlite") return 0;
    const { rows } = await sql<{ deadlocks: number }>`
      select deadlocks from pg_stat_database where datname = current_database()`.execute(
      g.gateway.ctx.store.db,
    );
    return rows[0]?.deadlocks ?? 0;
  }

  const save = (id: string, members: readonly Caller[], waiting?: WaitRules) =>
    saveQueue(g.gateway.ctx, null, {
      id,
      name: id,
      memberIds: members.map((m) => m.userId),
      offerSeconds: 30,
      wrapUpSeconds: WRAP_UP_MS / 1_000,
      wrapUp: { ...defaultWrapUpRules, needsDisposition: false },
      dispositions: [{ name: "Xong", resolved: true }],
      ...(waiting ? { waiting } : {}),
    });

  const isThere = (user_id: string) =>
    g.gateway.ctx.store.write((tx) =>
      insertAgentState(tx, {
        user_id,
        state: "available",
        reason: null,
        since: g.clock.now(),
        limit_call: 1,
        limit_chat: 50,
        limit_mail: 50,
        idle_since: g.clock.now(),
        offered_at: 0,
        lost_at: null,
      }),
    );

  const does = <N extends Name>(who: Caller, name: N, input: CommandInput<N>): Promise<unknown> =>
    ask(g.gateway.ctx, who, { name, handler: handlers[name] as unknown as Handler<N>, input });

  const row = async (id: string): Promise<InteractionRow> => {
    const found = await interactionById(g.gateway.ctx.store, id);
    if (!found) throw new Error("work is never lost");
    return found;
  };

  /** Work in Lan's hand. */
  const inHand = async () =>
    (await work(g.gateway.ctx, s, { queueId: s.care, ownerId: s.lan.userId })).interaction;
  /** Work that waits in Lan's queue and is offered to her, where she is there. */
  const waits = async () => {
    const { interaction } = await work(g.gateway.ctx, s, { queueId: s.care });
    g.gateway.ctx.wake.router();
    await g.settle();
    return row(interaction.id);
  };
  const park = async (returnTo: "agent" | "queue" = "agent") => {
    const i = await inHand();
    const until = g.clock.now() + MINUTE;
    await does(s.lan, "interaction.park", { interactionId: i.id, version: i.version, until, returnTo });
    return row(i.id);
  };
  const its = (i: InteractionRow) => ({ interactionId: i.id, version: i.version });
  const offerOf = async (i: InteractionRow) =>
    (
      await g.gateway.ctx.store.db
        .selectFrom("offer")
        .select("id")
        .where("interaction_id", "=", i.id)
        .where("state", "=", "open")
        .executeTakeFirst()
    )?.id ?? i.id;

  /** Does all at once; those who lose are told so. Returns how many won. */
  async function meet(...doing: readonly (() => unknown)[]): Promise<number> {
    const ends = await Promise.allSettled(doing.map(async (act) => act()));
    for (const end of ends)
      if (end.status === "rejected") expect(LOST).toContain((end.reason as AppError).code);
    await g.settle();
    await expectWhole(g.gateway.ctx.store);
    return ends.filter((end) => end.status === "fulfilled").length;
  }

  const rounds = async (round: (n: number) => Promise<void>) => {
    for (let n = 0; n < ROUNDS; n++) await round(n);
    expect(await deadlocks()).toBe(0);
  };
  const TIMEOUT = 30_000 + ROUNDS * 1_000;

  test(
    "parking and ending, handing on or closing: one of them comes about",
    () =>
      rounds(async (n) => {
        const i = await inHand();
        const until = g.clock.now() + 9 * MINUTE;
        const other = [
          () => does(s.lan, "interaction.end", its(i)),
          () => does(s.lan, "interaction.transfer", { ...its(i), to: { userId: s.minh.userId } }),
          () => does(s.lan, "interaction.close", { ...its(i), disposition: "Xong" }),
        ][n % 3];
        const parks = () => does(s.lan, "interaction.park", { ...its(i), until });
        expect(await meet(parks, other ?? parks)).toBe(1);
      }),
    TIMEOUT,
  );

  test(
    "parked work whose time comes while it is taken up, closed, handed on or parked for longer happens once",
    () =>
      rounds(async (n) => {
        const i = await park(n % 2 ? "agent" : "queue");
        const until = g.clock.now() + 9 * MINUTE;
        const other = [
          () => does(s.lan, "interaction.unpark", its(i)),
          () => does(s.lan, "interaction.close", { ...its(i), disposition: "Xong" }),
          () => does(s.lan, "interaction.transfer", { ...its(i), to: { userId: s.minh.userId } }),
          () => does(s.lan, "interaction.park", { ...its(i), until }),
        ][n % 4];
        await meet(() => g.clock.advance(MINUTE), other ?? (() => {}));
        const rows = await g.gateway.ctx.store.db
          .selectFrom("journal")
          .select("name")
          .where("interaction_id", "=", i.id)
          .where("name", "in", ["interaction.unparked", "interaction.requeued"])
          .execute();
        expect(rows.length).toBeLessThanOrEqual(1);
      }),
    TIMEOUT,
  );

  test(
    "a wrap-up whose time is over while it is extended or closed ends once, and not before the extension's",
    () =>
      rounds(async (n) => {
        const begun = await inHand();
        await does(s.lan, "interaction.end", its(begun));
        const i = await row(begun.id);
        const other =
          n % 2
            ? () => does(s.lan, "interaction.extend_wrap_up", its(i))
            : () => does(s.lan, "interaction.close", { ...its(i), disposition: "Xong" });
        const won = await meet(() => g.clock.advance(WRAP_UP_MS), other);
        const now = await row(i.id);
        if (n % 2) expect(now.state).toBe(won === 2 ? "wrap_up" : "closed");
        else expect(now.disposition).toBe(won === 2 ? "Xong" : null);
      }),
    TIMEOUT,
  );

  test.each(["ticket", "call_back", "move"] as const)(
    "a wait whose step %s comes while the work is accepted or taken is served or ended, never both",
    async (action) => {
      const step =
        action === "move"
          ? { afterMs: MINUTE, action, queueId: s.warranty }
          : ({ afterMs: MINUTE, action } as const);
      await save(s.care, [s.lan], { steps: [step], place: null });
      await rounds(async (n) => {
        const i = await waits();
        const { ctx } = g.gateway;
        const dueAt = i.waiting_since + MINUTE;
        await ctx.store.write((tx) => setTimer(tx, ctx, { kind: "waited", subjectId: i.id, dueAt }));
        if (n % 2) await does(s.lan, "offer.decline", { offerId: await offerOf(i) });
        g.clock.advance(MINUTE - 1);
        const taken = await row(i.id);
        const takes =
          taken.state === "offered"
            ? async () => does(s.lan, "offer.accept", { offerId: await offerOf(i) })
            : () => does(s.lan, "interaction.claim", { interactionId: i.id });
        const won = await meet(() => g.clock.advance(1), takes);
        const now = await row(i.id);
        if (won === 2) expect(now).toMatchObject({ state: "active", owner_id: s.lan.userId });
        await does(s.lan, "agent.set_state", { state: "available" });
        await g.settle();
        await endAll();
      });
    },
    TIMEOUT,
  );

  test.each(["return", "keep", "hand"] as const)(
    "signing off (%s) while an offer is accepted or work is taken leaves nothing in hand of who has gone",
    (what) =>
      rounds(async (n) => {
        await inHand();
        const i = await waits();
        const { userId } = s.minh;
        const leaving = what === "hand" ? ({ what, userId } as const) : ({ what } as const);
        const signsOff = async () => {
          await does(s.lan, "agent.sign_off", { work: leaving });
        };
        const offerId = await offerOf(i);
        const takes = () => does(s.lan, "offer.accept", { offerId });
        await meet(...(n % 2 ? [takes, signsOff] : [signsOff, takes]));
        const [agent] = await g.gateway.ctx.store.db
          .selectFrom("agent_state")
          .select("state")
          .where("user_id", "=", s.lan.userId)
          .execute();
        expect(agent?.state).toBe("offline");
        const left = await g.gateway.ctx.store.db
          .selectFrom("interaction")
          .select(["id", "state"])
          .where("owner_id", "=", s.lan.userId)
          .where("state", "=", "active")
          .execute();
        expect(left).toEqual([]);
        await does(s.lan, "agent.set_state", { state: "available" });
        await g.settle();
        await endAll();
      }),
    TIMEOUT,
  );

  test(
    "work handed to somebody by name who signs off meanwhile does not wait for them",
    () =>
      rounds(async (n) => {
        const i = await inHand();
        const gives = () => does(s.lan, "interaction.transfer", { ...its(i), to: { userId: s.minh.userId } });
        const leaves = () => does(s.minh, "agent.sign_off", { work: { what: "return" } });
        await meet(...(n % 2 ? [gives, leaves] : [leaves, gives]));
        expect(await row(i.id)).toMatchObject({ transferred_to: null });
        await does(s.minh, "agent.set_state", { state: "available" });
        await g.settle();
        await endAll();
      }),
    TIMEOUT,
  );

  test("what somebody took between the router's look and its offer is not offered", async () => {
    const { ctx } = g.gateway;
    await does(s.lan, "agent.set_state", { state: "away", reason: "break" });
    const looked = await waits();
    await does(s.lan, "interaction.claim", { interactionId: looked.id });
    const queue = await queueById(ctx.store, s.care);
    if (!queue) throw new Error("the queue is there");
    const why = { code: "longest_idle", ring: 1 } as const;
    const offers = ctx.store.write((tx) =>
      makeOffer(tx, ctx, { row: looked, queue, userId: s.minh.userId, why }),
    );
    await expect(offers).rejects.toMatchObject({ code: "conflict" });
    expect(await row(looked.id)).toMatchObject({ state: "active", owner_id: s.lan.userId });
    await expectWhole(ctx.store);
  });

  /** Nothing is left for the next round. */
  async function endAll(): Promise<void> {
    const { db } = g.gateway.ctx.store;
    for (const i of await db.selectFrom("interaction").selectAll().where("state", "<>", "closed").execute()) {
      const who = i.owner_id === s.minh.userId ? s.minh : s.lan;
      if (i.owner_id === null) await does(who, "interaction.claim", { interactionId: i.id }).catch(() => {});
      const now = await row(i.id);
      await does(who, "interaction.close", { ...its(now), disposition: "Xong" }).catch(() => {});
    }
    await g.settle();
  }
});
