import { type Conversation, type InboxView, urgency } from "@tongdai/shared";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "../../context.ts";
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
      await ctx.store.write(async (tx) => {
        await updateConversation(tx, w.conversationId, {
          last_message_at: at + o.heard * minute,
          waiting_since: at + (o.since ?? 0) * minute,
          unanswered_since: o.unanswered === undefined ? null : at + o.unanswered * minute,
        });
        await tx.db
          .updateTable("interaction")
          .set({ waiting_since: at + (o.since ?? 0) * minute })
          .where("id", "=", w.interaction.id)
          .execute();
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
  });
  afterAll(() => ctx.close());

  /** Every page of one row, then of two and so on: the same list each time, however it is cut. */
  async function listed(caller: Caller, view: InboxView, limit: number): Promise<Conversation[]> {
    const all: Conversation[] = [];
    let cursor: string | undefined;
    do {
      const page = await ask(ctx, caller, {
        name: "conversation.list",
        handler: handlers["conversation.list"],
        input: { view, limit, ...(cursor ? { cursor } : {}) },
      });
      all.push(...page.conversations);
      cursor = page.next ?? undefined;
    } while (cursor);
    return all;
  }
  const named = (list: readonly Conversation[]) => list.map((c) => ids[c.id]);

  const open = [
    "offered",
    "waits since 1",
    "unanswered since 2",
    "waits since 5",
    "answered just now",
    "handed over from another queue",
    "answered long ago",
    "wrapped up",
  ];

  test.each([1, 2, 3, 100])("open work comes by its urgency, %i a page", async (limit) => {
    expect(named(await listed(s.lan, "open", limit))).toEqual(open);
    expect(named(await listed(s.lan, "waiting", limit))).toEqual([
      "offered",
      "waits since 1",
      "waits since 5",
    ]);
    expect(named(await listed(s.lan, "mine", limit))).toEqual([
      "unanswered since 2",
      "answered just now",
      "handed over from another queue",
      "answered long ago",
      "wrapped up",
    ]);
    expect(named(await listed(s.ha, "open", limit))).toEqual([
      "offered",
      "of another queue",
      ...open.slice(1),
    ]);
  });

  test.each([1, 2, 100])("everything comes newest first, %i a page", async (limit) => {
    const all = await listed(s.ha, "all", limit);
    const times = all.map((c) => c.lastMessageAt);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(named(all).slice(0, 3)).toEqual(["of another queue", "over", "wrapped up"]);
    expect(all).toHaveLength(10);
  });

  test("the store reckons urgency as everybody else does", async () => {
    const all = await listed(s.ha, "open", 100);
    expect(all.map(urgency)).toEqual(all.map(urgency).sort((a, b) => a - b));
    const rows = await ctx.store.db.selectFrom("conversation").select(["id", "urgency"]).execute();
    const stored = new Map(rows.map((r) => [r.id, r.urgency]));
    for (const c of all) expect(stored.get(c.id)).toBe(urgency(c));
    expect(rows.filter((r) => r.urgency === null)).toHaveLength(1);
  });
});

interface Made {
  readonly queueId?: string;
  /** Whether Lan has it in hand. */
  readonly mine?: boolean;
  /** Minutes. */
  readonly heard: number;
  readonly since?: number;
  readonly unanswered?: number;
  /** States that the interaction goes through afterwards. */
  readonly through?: readonly string[];
}
