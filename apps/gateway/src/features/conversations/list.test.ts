import { type Conversation, type InboxOrder, type InboxView, Interaction, urgency } from "@tongdai/shared";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "../../context.ts";
import { newId } from "../../ids.ts";
import { updateConversation } from "../../store/conversations.ts";
import { interactionById } from "../../store/interactions.ts";
import { ask, type Scene, scene, work } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { changeInteraction } from "../interactions/index.ts";
import { handlers } from "./index.ts";

const minute = 60_000;

describe.each(["sqlite", "postgres"] as const)("the lists of the inbox on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    ctx = await testCtx({ engine });
    s = await scene(ctx);
    const at = ctx.clock.now();
    const make = async (name: string, o: Made) => {
      const w = await work(ctx, s, {
        queueId: o.queueId ?? s.care,
        ownerId: o.mine ? s.lan.userId : null,
        name,
      });
      ids[w.conversationId] = name;
      const minutes = (n: number | undefined, from = 0) => (n === undefined ? null : from + n * minute);
      const waits = { waiting_since: at + (o.since ?? 0) * minute, promise_ms: minutes(o.promise) };
      await ctx.store.write(async (tx) => {
        await updateConversation(tx, w.conversationId, {
          ...waits,
          last_message_at: at + o.heard * minute,
          unanswered_since: minutes(o.unanswered, at),
          answer_until: minutes(o.until, at),
        });
        await tx.db.updateTable("interaction").set(waits).where("id", "=", w.interaction.id).execute();
        for (const state of o.through ?? []) {
          const was = await interactionById(tx, w.interaction.id);
          if (!was) throw new Error("no interaction");
          const step = { event: "interaction.offered", reasons: [], actorId: null } as const;
          await changeInteraction(tx, ctx, { was, change: { state }, step });
        }
      });
    };
    // Made in an order that is none of the two that are asked for.
    await make("answered long ago", { mine: true, heard: 3 });
    await make("waits since 5", { heard: 20, since: 5 });
    await make("wrapped up", { mine: true, heard: 30, through: ["wrap_up"] });
    await make("unanswered since 2", { mine: true, heard: 9, unanswered: 2 });
    await make("offered", { heard: 8, since: 7, through: ["offered"] });
    await make("answered just now", { mine: true, heard: 25 });
    await make("waits since 1", { heard: 1, since: 1 });
    await make("over", { mine: true, heard: 40, through: ["wrap_up", "closed"] });
    await make("handed over from another queue", { queueId: s.warranty, mine: true, heard: 22 });
    await make("of another queue", { queueId: s.warranty, heard: 50, since: 0 });
    await make("promised an answer", { heard: 27, since: 27, promise: 3 });
    await make("promised, but the window closes", { heard: 26, since: 26, promise: 60, until: 28 });
    await make("answered, the window closes first", { mine: true, heard: 4, until: 40 });
    await make("answered, the window closes later", { mine: true, heard: 28, until: 90 });
  });
  afterAll(() => ctx.close());

  /** Every page of one row, then of two and so on: the same list each time, however it is cut. */
  async function listed(
    caller: Caller,
    view: InboxView,
    limit: number,
    order?: InboxOrder,
  ): Promise<Conversation[]> {
    const all: Conversation[] = [];
    let cursor: string | undefined;
    do {
      const page = await ask(ctx, caller, {
        name: "conversation.list",
        handler: handlers["conversation.list"],
        input: { view, limit, ...(order ? { order } : {}), ...(cursor ? { cursor } : {}) },
      });
      all.push(...page.conversations);
      cursor = page.next ?? undefined;
    } while (cursor);
    return all;
  }
  const named = (list: readonly Conversation[]) => list.map((c) => ids[c.id]);

  const open = [
    "offered",
    "promised, but the window closes",
    "promised an answer",
    "waits since 1",
    "unanswered since 2",
    "waits since 5",
    "answered, the window closes first",
    "answered, the window closes later",
    "answered just now",
    "handed over from another queue",
    "answered long ago",
    "wrapped up",
  ];

  test.each([1, 2, 3, 100])("open work comes by its urgency, %i a page", async (limit) => {
    expect(named(await listed(s.lan, "open", limit))).toEqual(open);
    expect(named(await listed(s.lan, "waiting", limit))).toEqual([
      "offered",
      "promised, but the window closes",
      "promised an answer",
      "waits since 1",
      "waits since 5",
    ]);
    expect(named(await listed(s.lan, "mine", limit))).toEqual([
      "unanswered since 2",
      "answered, the window closes first",
      "answered, the window closes later",
      "answered just now",
      "handed over from another queue",
      "answered long ago",
      "wrapped up",
    ]);
    expect(named(await listed(s.ha, "open", limit))).toEqual([
      ...open.slice(0, 3),
      "of another queue",
      ...open.slice(3),
    ]);
  });

  test.each([1, 2, 100])("everything comes newest first, %i a page", async (limit) => {
    const all = await listed(s.ha, "all", limit);
    const times = all.map((c) => c.lastMessageAt);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(named(all).slice(0, 3)).toEqual(["of another queue", "over", "wrapped up"]);
    expect(all).toHaveLength(14);
  });

  test.each([1, 3, 100])("open work comes newest first for whoever wants it so, %i a page", async (limit) => {
    for (const view of ["open", "mine", "waiting"] as const) {
      const urgent = await listed(s.ha, view, 100);
      const newest = [...urgent].sort((a, b) => b.lastMessageAt - a.lastMessageAt);
      expect(named(await listed(s.ha, view, limit, "newest"))).toEqual(named(newest));
    }
    expect(named(await listed(s.lan, "mine", limit, "newest"))).toEqual([
      "wrapped up",
      "answered, the window closes later",
      "answered just now",
      "handed over from another queue",
      "unanswered since 2",
      "answered, the window closes first",
      "answered long ago",
    ]);
  });

  test("the store reckons urgency as everybody else does, whatever happens to a conversation", async () => {
    const at = fc.integer({ min: 1, max: 1_900_000_000_000 });
    const maybe = fc.option(at, { nil: null });
    const states = fc.constantFrom("waiting", "offered", "active", "wrap_up", "parked");
    const facts = fc.record({
      state: states,
      since: at,
      promise: maybe,
      until: maybe,
      unanswered: maybe,
      last: at,
    });
    const [id] = Object.keys(ids);
    const was = await ctx.store.db
      .selectFrom("conversation")
      .selectAll()
      .where("id", "=", id ?? "")
      .executeTakeFirstOrThrow();
    await ctx.store.write(async (tx) => {
      for (const [i, f] of fc.sample(facts, { numRuns: 200, seed: 4 }).entries()) {
        const change = {
          interaction_state: f.state,
          waiting_since: f.since,
          promise_ms: f.promise,
          answer_until: f.until,
          unanswered_since: f.unanswered,
          last_message_at: f.last,
          parked_until: f.state === "parked" ? f.last : null,
        };
        // One by one, each of them last in its turn: whatever changes, the number follows.
        const fields = Object.entries(change);
        for (const [field, value] of [
          ...fields.slice(i % fields.length),
          ...fields.slice(0, i % fields.length),
        ])
          await updateConversation(tx, was.id, { [field]: value });
        const rows = tx.db.selectFrom("conversation").select("urgency").where("id", "=", was.id);
        const conversation = {
          interaction: interactionOf(f),
          unansweredSince: f.unanswered,
          lastMessageAt: f.last,
          answerUntil: f.until,
        };
        expect((await rows.executeTakeFirstOrThrow()).urgency, JSON.stringify(f)).toBe(urgency(conversation));
      }
      const { urgency: _, ...before } = was;
      await updateConversation(tx, was.id, before);
    });
  });

  test("every page's rows stand by that number, and what is over has none", async () => {
    const all = await listed(s.ha, "open", 100);
    expect(all.map(urgency)).toEqual(all.map(urgency).sort((a, b) => a - b));
    const rows = await ctx.store.db.selectFrom("conversation").select(["id", "urgency"]).execute();
    const stored = new Map(rows.map((r) => [r.id, r.urgency]));
    for (const c of all) expect(stored.get(c.id)).toBe(urgency(c));
    expect(rows.filter((r) => r.urgency === null)).toHaveLength(1);
  });
});

const interactionOf = (f: { state: string; since: number; promise: number | null; last: number }) =>
  Interaction.parse({
    id: newId(),
    conversationId: newId(),
    customerId: newId(),
    channel: "facebook",
    queueId: newId(),
    state: f.state,
    ownerId: null,
    boost: 0,
    openedAt: 0,
    waitingSince: f.since,
    promiseMs: f.promise,
    acceptedAt: null,
    parked: f.state === "parked" ? { until: f.last, returnTo: "agent" } : null,
    wrapUpUntil: null,
    closedAt: null,
    disposition: null,
    version: 1,
  });

interface Made {
  readonly queueId?: string;
  /** Whether Lan has it in hand. */
  readonly mine?: boolean;
  /** Minutes. */
  readonly heard: number;
  readonly since?: number;
  readonly unanswered?: number;
  /** What it was promised: minutes. */
  readonly promise?: number;
  /** Until when it is to be answered: minutes from the beginning. */
  readonly until?: number;
  /** States that the interaction goes through afterwards. */
  readonly through?: readonly string[];
}
