import {
  type AppError,
  type CommandInput,
  type CommandName,
  defaultCapacity,
  defaultQueueRules,
  hasRoom,
  type QueueRules,
  type Ring,
  WorkKind,
} from "@tongdai/shared";
import { type FakeClock, seededRandom } from "@tongdai/shared/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "./context.ts";
import { handlers } from "./features/interactions/index.ts";
import { saveQueue } from "./features/queues/index.ts";
import { handlers as skills } from "./features/skills/index.ts";
import type { Gateway } from "./gateway.ts";
import type { Handler } from "./realtime/handler.ts";
import { allAgents, insertAgentState } from "./store/people.ts";
import { type OnEngine, onEngine } from "./testing/on-engine.ts";
import { ask, person, type Scene, scene, work } from "./testing/scene.ts";
import { expectWhole } from "./testing/whole.ts";

/** More for a long run: `TONGDAI_TEST_STEPS=5000 npx vitest run --project gateway random-days`. */
const STEPS = Number(process.env["TONGDAI_TEST_STEPS"] ?? 60);
/** Another day: `TONGDAI_TEST_SEED=7`. */
const SEED = Number(process.env["TONGDAI_TEST_SEED"] ?? 20_261_124);
const HELP_MS = 90_000;
const OFFER_SECONDS = 30;
/** From which waiting time on which level of the skill is enough for care. */
const RINGS = [
  { afterMs: 0, level: 2 },
  { afterMs: 30_000, level: 1 },
  { afterMs: 60_000, level: 0 },
];
/** Of the people in their order. */
const LEVELS = [2, 0, 1, 0, 2, 0];

type Name = Extract<CommandName, keyof typeof handlers>;

describe.each(["sqlite", "postgres"] as const)("days that chance makes, on %s", (engine) => {
  let g: OnEngine;
  let gateway: Gateway;
  let clock: FakeClock;
  let s: Scene;
  let people: Caller[];
  const random = seededRandom(SEED);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  beforeEach(async () => {
    g = await onEngine(engine);
    ({ gateway, clock } = g);
    s = await scene(gateway.ctx);
  });
  afterEach(() => g.close());

  const members = (id: string) => people.filter((p) => p.queueIds.includes(id)).map((p) => p.userId);

  const setRules = (o: { id: string; name: string; memberIds: string[]; rules: Partial<QueueRules> }) =>
    saveQueue(gateway.ctx, null, {
      ...o,
      offerSeconds: OFFER_SECONDS,
      wrapUpSeconds: 20,
      dispositions: [{ name: "Xong", resolved: true }],
      rules: { ...defaultQueueRules, ...o.rules },
    });

  const levelOf = (p: Caller): number => LEVELS[people.indexOf(p)] ?? 0;
  const levelAt = (waitedMs: number): number =>
    RINGS.findLast((ring) => waitedMs >= ring.afterMs)?.level ?? 0;

  /** Makes the skill, gives it to people, and asks for it. */
  async function makeRings(): Promise<Ring[]> {
    const { ctx } = gateway;
    const made = await skills["skill.save"](ctx, s.admin, { id: null, name: "Bảo hiểm" });
    const skillId = made.skill.id;
    for (const p of people.filter((x) => levelOf(x) > 0))
      await ctx.store.write((tx) =>
        tx.db
          .updateTable("user")
          .set({ skills: JSON.stringify({ [skillId]: levelOf(p) }) })
          .where("id", "=", p.userId)
          .execute(),
      );
    return RINGS.map(({ afterMs, level }) => ({
      afterMs,
      needs: level > 0 ? [{ skillId, level }] : [],
      prefers: [],
    }));
  }

  /** Care asks for a skill less and less, is pushed and overflows to helpers of warranty, from which people pick what is its own. */
  async function begin(): Promise<void> {
    const { ctx } = gateway;
    people = [s.lan, s.minh];
    for (const queueIds of [[s.care], [s.care], [s.care, s.warranty], [s.warranty]])
      people.push(await person(ctx, { roles: ["agent"], queueIds }));
    const { care, warranty } = s;
    await setRules({ id: warranty, name: "Bảo hành", memberIds: members(warranty), rules: { mode: "pull" } });
    const overflow = [{ afterMs: HELP_MS, longerThan: null, queueId: warranty }];
    const rules = { overflow, rings: await makeRings(), lastAgentMs: 0 };
    await setRules({ id: care, name: "Chăm sóc", memberIds: members(care), rules });
    for (const { userId } of people)
      await ctx.store.write((tx) =>
        insertAgentState(tx, {
          user_id: userId,
          state: "available",
          reason: null,
          since: ctx.clock.now(),
          limit_call: 1,
          limit_chat: 1 + Math.floor(random() * 3),
          limit_mail: 1 + Math.floor(random() * 4),
          idle_since: ctx.clock.now(),
          offered_at: 0,
          lost_at: null,
        }),
      );
  }

  /** Does what may be refused because somebody, or time, was quicker. */
  const tries = <N extends Name>(who: Caller, name: N, input: CommandInput<N>) =>
    ask(gateway.ctx, who, { name, handler: handlers[name] as unknown as Handler<N>, input }).catch(
      (e: AppError) => {
        expect(["conflict", "taken", "expired", "illegal_transition", "not_found"]).toContain(e.code);
      },
    );

  const look = async (told = 0) => {
    const { db } = gateway.ctx.store;
    return {
      at: clock.now(),
      head: await gateway.ctx.store.head(),
      interactions: await db.selectFrom("interaction").selectAll().orderBy("rank_at").orderBy("id").execute(),
      offers: await db.selectFrom("offer").selectAll().orderBy("id").execute(),
      agents: await allAgents(gateway.ctx.store),
      steps: await db
        .selectFrom("journal")
        .select(["seq", "name", "interaction_id", "actor_id"])
        .where("name", "like", "interaction.%")
        .where("name", "<>", "interaction.deferred")
        .where("seq", ">", told)
        .orderBy("seq")
        .execute(),
    };
  };
  type Seen = Awaited<ReturnType<typeof look>>;
  const canTake = (seen: Seen, userId: string, kind: WorkKind): boolean => {
    const a = seen.agents.find((x) => x.user_id === userId);
    if (a?.state !== "available") return false;
    const limits = { call: a.limit_call, chat: a.limit_chat, mail: a.limit_mail };
    return hasRoom({ limits, carries: { ...a.carries, idleChats: 0 } }, defaultCapacity, kind);
  };

  /** Who has work in hand ends it, or parks it for a while. */
  function inHand(i: Seen["interactions"][number]): Promise<unknown>[] {
    const owner = people.find((p) => p.userId === i.owner_id);
    const what = random();
    const its = { interactionId: i.id, version: i.version };
    if (!owner) return [];
    if (i.state === "parked") return what < 0.05 ? [tries(owner, "interaction.unpark", its)] : [];
    if (i.state !== "active" || what >= 0.4) return [];
    if (what < 0.25) return [tries(owner, "interaction.end", its)];
    if (i.work === "call") return [];
    const until = clock.now() + 10_000 + Math.floor(random() * 50_000);
    const returnTo = pick(["agent", "queue"] as const);
    return [tries(owner, "interaction.park", { ...its, until, returnTo })];
  }

  async function act(seen: Seen): Promise<void> {
    const doing: Promise<unknown>[] = [];
    for (const o of seen.offers.filter((x) => x.state === "open")) {
      const who = people.find((p) => p.userId === o.user_id) as Caller;
      const what = random();
      if (what < 0.35) doing.push(tries(who, "offer.accept", { offerId: o.id }));
      else if (what < 0.45) doing.push(tries(who, "offer.decline", { offerId: o.id }));
    }
    for (const i of seen.interactions) doing.push(...inHand(i));
    for (const i of seen.interactions
      .filter((x) => x.state === "waiting" && x.queue_id === s.warranty)
      .slice(0, 1)) {
      const free = people.filter(
        (p) => p.queueIds.includes(s.warranty) && canTake(seen, p.userId, WorkKind.parse(i.work)),
      );
      // Two at once, of whom one is told that it is taken.
      for (const p of free.slice(0, 2)) doing.push(tries(p, "interaction.claim", { interactionId: i.id }));
    }
    await Promise.all(doing);
    for (const a of seen.agents)
      if (a.reason === "missed" && random() < 0.5)
        await tries(people.find((p) => p.userId === a.user_id) as Caller, "agent.set_state", {
          state: "available",
        });
  }

  /** Work that came back to who had parked it. */
  const cameBack = new Set<string>();

  function follow(seen: Seen): void {
    for (const { name, interaction_id: id } of seen.steps) {
      if (name === "interaction.unparked") cameBack.add(id ?? "");
      if (name === "interaction.requeued") cameBack.delete(id ?? "");
    }
  }

  /** Lets time pass from one due timer to the next; each is over, and the router at rest, before the next one is due. */
  async function passSlowly(ms: number): Promise<void> {
    const until = clock.now() + ms;
    for (;;) {
      await g.settle();
      const { due } = await gateway.ctx.store.db
        .selectFrom("timer")
        .select((e) => e.fn.min("due_at").as("due"))
        .where("due_at", ">", clock.now())
        .executeTakeFirstOrThrow();
      if (due === null || due > until) break;
      clock.advance(due - clock.now());
    }
    clock.advance(until - clock.now());
  }

  /** @param rushed what was due ran while the router did */
  function check(o: { seen: Seen; before: Seen; arrived: number; rushed: boolean }): void {
    const { seen, before, arrived, rushed } = o;
    const now = clock.now();
    const open = seen.offers.filter((o) => o.state === "open");
    const inState = (...states: string[]) => seen.interactions.filter((i) => states.includes(i.state));
    expect(seen.interactions).toHaveLength(arrived);
    expect(open.map((o) => o.interaction_id).toSorted()).toEqual(
      inState("offered")
        .map((i) => i.id)
        .toSorted(),
    );
    for (const i of seen.interactions.filter((x) => x.state !== "closed"))
      expect(i.owner_id !== null).toBe(["active", "parked", "wrap_up"].includes(i.state));
    expect(inState("parked").filter((i) => (i.parked_until ?? 0) <= now)).toEqual([]);
    expect(open.filter((o) => o.deadline < now)).toEqual([]);
    // What people pick themselves they may add to what they carry, and what comes back to them from being parked.
    for (const a of seen.agents.filter((x) => !members(s.warranty).includes(x.user_id))) {
      const [call = 0, chat = 0, mail = 0] = WorkKind.options.map((kind) => {
        const limit = { call: a.limit_call, chat: a.limit_chat, mail: a.limit_mail }[kind];
        const held = seen.interactions.filter(
          (i) =>
            i.work === kind &&
            i.state !== "closed" &&
            i.state !== "parked" &&
            !cameBack.has(i.id) &&
            (i.owner_id === a.user_id ||
              open.some((o) => o.interaction_id === i.id && o.user_id === a.user_id)),
        );
        return held.length / limit;
      });
      // A call may come in over mail.
      expect(chat + Math.max(call, mail)).toBeLessThanOrEqual(1 + 1e-9);
    }
    // Nobody waits while somebody may take it whom its ring asks.
    for (const i of inState("waiting").filter((x) => x.queue_id === s.care)) {
      const helped = now - i.waiting_since >= HELP_MS;
      const asked = people.filter(
        (p) => p.queueIds.includes(s.care) || (helped && p.queueIds.includes(s.warranty)),
      );
      const level = levelAt(now - i.waiting_since);
      const declined = JSON.parse(i.declined_by) as string[];
      const idle = asked.filter(
        (p) =>
          levelOf(p) >= level &&
          !declined.includes(p.userId) &&
          canTake(seen, p.userId, WorkKind.parse(i.work)),
      );
      expect({ waits: i.id, idle: idle.map((p) => p.userId) }).toEqual({ waits: i.id, idle: [] });
    }
    // Of one kind and queue whoever has waited longest goes first: of those who waited when the router looked, and whom
    // nobody had declined by then. Its look comes before its offer, and what is done at once with it may fall in between: what
    // somebody's hand brought back into the line, and in a rush what time brought there, or within more people's reach.
    const reachOf = (waitedMs: number) => `${levelAt(waitedMs)} ${waitedMs >= HELP_MS}`;
    const byId = new Map(seen.interactions.map((i) => [i.id, i]));
    const declinedBefore = new Set(
      before.interactions.filter((i) => i.declined_by !== "[]").map((i) => i.id),
    );
    const waitsSince = new Map(
      seen.steps.map((step) => [
        step.interaction_id,
        rushed || step.actor_id !== null ? Number.POSITIVE_INFINITY : step.seq,
      ]),
    );
    for (const offered of seen.steps.filter((step) => step.name === "interaction.offered")) {
      const taken = byId.get(offered.interaction_id ?? "");
      const passedOver = inState("waiting").filter(
        (i) =>
          i.queue_id === taken?.queue_id &&
          i.work === taken.work &&
          i.rank_at < taken.rank_at &&
          i.declined_by === "[]" &&
          !declinedBefore.has(i.id) &&
          (!rushed || reachOf(before.at - i.waiting_since) === reachOf(now - i.waiting_since)) &&
          (waitsSince.get(i.id) ?? 0) < offered.seq,
      );
      expect(passedOver.map((i) => i.id)).toEqual([]);
    }
  }

  test(
    "nothing is lost or has two owners, nobody carries too much or idles beside a line, offers end",
    async () => {
      await begin();
      let arrived = 0;
      let seen = await look();
      for (let step = 0; step < STEPS; step++) {
        for (let n = Math.floor(random() * 4); n > 0; n--, arrived++)
          await work(gateway.ctx, s, {
            queueId: random() < 0.75 ? s.care : s.warranty,
            kind: pick(WorkKind.options),
          });
        gateway.ctx.wake.router();
        const rushed = random() < 0.5;
        const ms = 1_000 + Math.floor(random() * 12_000);
        if (rushed) clock.advance(ms);
        else await passSlowly(ms);
        // What they do in a rush they decided before it.
        await act(rushed ? seen : await look());
        await g.settle();
        const before = seen;
        seen = await look(before.head);
        follow(seen);
        check({ seen, before, arrived, rushed });
      }
      await expectWhole(gateway.ctx.store);
      const ended = new Set(seen.offers.map((o) => o.state));
      expect(ended).toContain("missed");
      expect(ended).toContain("declined");
      expect(cameBack.size).toBeGreaterThan(0);
      expect(seen.interactions.filter((i) => i.state === "closed").length).toBeGreaterThan(STEPS / 4);
    },
    60_000 + STEPS * 500,
  );
});
