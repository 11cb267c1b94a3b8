import type { Conversation } from "@tongdai/shared";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conversation, interaction, lan, minh, morning } from "../../../test/renderer/builders.ts";
import { putConversation, putFetched, putPage, removeConversation, trimLists } from "./conversations.ts";
import { filterKey, type InboxFilter, matches, orderOf } from "./inbox-filter.ts";
import { initialState, type State } from "./model.ts";
import { mineFilter } from "./selectors.ts";
import { loggedIn } from "./session.ts";
import { tableGet, tableValues } from "./table.ts";

const filters: InboxFilter[] = [
  mineFilter,
  { view: "waiting", order: "urgent", unread: false, mentioned: false, channel: null },
  { view: "open", order: "urgent", unread: true, mentioned: false, channel: null },
  { view: "all", order: "urgent", unread: false, mentioned: false, channel: "facebook" },
];

const start = (): State =>
  filters.reduce(
    (s, filter) => putPage(s, filter, { conversations: [], next: null, after: null }),
    loggedIn(initialState(), lan),
  );

const ids = (state: State, filter: InboxFilter) => state.inbox.lists[filterKey(filter)]?.ids ?? [];

/** What each list must hold, worked out from nothing. */
function expected(state: State, filter: InboxFilter): string[] {
  return [...tableValues<Conversation>(state.conversations)]
    .filter((c) => matches(filter, c, { myId: lan.id, mentions: state.mentions }))
    .sort(orderOf(filter))
    .map((c) => c.id);
}

const fetch_ = "fetch" as const;

/** The three that follow what a list has, as the gateway gives them. */
function pageOf(held: State, state: State, filter: InboxFilter) {
  const list = state.inbox.lists[filterKey(filter)];
  const behind = expected(held, filter)
    .map((id) => tableGet(held.conversations, id))
    .filter((c) => c !== undefined)
    .filter((c) => !list?.end || orderOf(filter)(c, list.end.edge) > 0);
  const wanted = list && !list.end ? [] : behind.slice(0, 3);
  return { conversations: wanted, next: behind.length > 3 ? "more" : null, after: list ? "more" : null };
}

const anyConversation = fc
  .record({
    n: fc.nat(12),
    at: fc.nat(50),
    unread: fc.nat(1),
    state: fc.constantFrom("waiting", "offered", "active", "parked", "wrap_up", null),
    owner: fc.constantFrom(lan.id, minh.id, null),
    direction: fc.constantFrom("in", "out"),
  })
  .map(({ n, at, unread, state, owner, direction }): Conversation => {
    const base = conversation(n);
    return {
      ...base,
      unread,
      lastMessageAt: morning + at,
      lastInboundAt: morning + at,
      preview: { ...base.preview, direction: direction === "in" ? "in" : "out" },
      interaction:
        state === null
          ? null
          : interaction(base.id, {
              state,
              ownerId: owner,
              waitingSince: morning + at,
              parked: state === "parked" ? { until: morning + 50 - at, returnTo: "agent" } : null,
            }),
    };
  });

describe("lists", () => {
  test("stay in order under any sequence of changes", () => {
    fc.assert(
      fc.property(
        fc.array(anyConversation, { maxLength: 60 }),
        fc.array(fc.nat(12), { maxLength: 4 }),
        (all, gone) => {
          const full = all.reduce(putConversation, start());
          const state = gone.reduce((s, n) => removeConversation(s, conversation(n).id), full);
          for (const filter of filters) expect(ids(state, filter)).toEqual(expected(state, filter));
        },
      ),
    );
  });

  test("put whoever waits longest before work in hand and wrap-up", () => {
    const waitsLong = conversation(9);
    const waitsShort = conversation(2);
    const answered = conversation(1, {
      unread: 0,
      preview: { text: "", direction: "out", attachment: null, authorId: null },
    });
    const wrapUp = conversation(3, { interaction: interaction(conversation(3).id, { state: "wrap_up" }) });
    const state = [wrapUp, answered, waitsShort, waitsLong].reduce(putConversation, start());
    expect(ids(state, mineFilter)).toEqual([waitsLong, waitsShort, answered, wrapUp].map((c) => c.id));
  });

  test("are the beginning of what the gateway holds, however they are fetched and whatever changes meanwhile", () => {
    const views: InboxFilter[] = (["open", "all"] as const).map((view) => ({ ...mineFilter, view }));
    fc.assert(
      fc.property(
        fc.constantFrom(...views),
        fc.array(fc.oneof(anyConversation, fc.constant(fetch_)), { maxLength: 60 }),
        (filter, steps) => {
          let state = loggedIn(initialState(), lan);
          let held = state;
          for (const step of [fetch_, ...steps]) {
            if (step === fetch_) state = putPage(state, filter, pageOf(held, state, filter));
            else {
              held = putConversation(held, step);
              state = putConversation(state, step);
            }
            const { end } = state.inbox.lists[filterKey(filter)] ?? { end: null };
            const order = orderOf(filter);
            const all = expected(held, filter).map((id) => tableGet(held.conversations, id));
            const loaded = all.filter((c) => c && (end === null || order(c, end.edge) <= 0));
            expect(ids(state, filter)).toEqual(loaded.map((c) => c?.id));
          }
        },
      ),
    );
  });

  test("let go of what was scrolled through once another list is looked at", () => {
    const all: InboxFilter = { ...mineFilter, view: "all" };
    const many = Array.from({ length: 1_000 }, (_, n) =>
      conversation(n, { interaction: null, lastMessageAt: morning - n }),
    );
    const pages = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => many.slice(n * 100, (n + 1) * 100));
    const full = pages.reduce(
      (s, conversations, n) =>
        putPage(s, all, { conversations, next: `after ${n}`, after: n === 0 ? null : `after ${n - 1}` }),
      loggedIn(initialState(), lan),
    );
    const looking = { ...full, inbox: { ...full.inbox, filter: all } };
    expect(trimLists(looking)).toBe(looking);
    const left = trimLists(full);
    expect(ids(left, all)).toEqual(many.slice(0, 300).map((c) => c.id));
    expect(left.conversations.size).toBe(300);
    const again = putPage(left, all, { conversations: pages[3] ?? [], next: "after 3", after: "after 2" });
    expect(ids(again, all)).toEqual(many.slice(0, 400).map((c) => c.id));
    const late = putPage(left, all, { conversations: pages[9] ?? [], next: null, after: "after 8" });
    expect(ids(late, all)).toEqual(ids(left, all));
  });

  test("leave to a later page what stands below the last loaded row of a history", () => {
    const all: InboxFilter = { view: "all", order: "urgent", unread: false, mentioned: false, channel: null };
    const state = putPage(start(), all, {
      conversations: [conversation(1), conversation(2)],
      next: "cursor",
      after: null,
    });
    const older = putConversation(state, conversation(50));
    expect(ids(older, all)).toEqual([conversation(1).id, conversation(2).id]);
    const newer = putConversation(older, conversation(50, { lastMessageAt: morning + 1 }));
    expect(ids(newer, all)[0]).toBe(conversation(50).id);
  });
});

test("an answer made before an event does not undo it", () => {
  const now = conversation(1, { interaction: interaction(conversation(1).id, { version: 3 }) });
  const state = putConversation(start(), now);
  const late = putFetched(state, conversation(1));
  expect(tableGet(late.conversations, now.id)).toBe(now);
});

test("saying the same again gives the same state back", () => {
  const state = putConversation(start(), conversation(1));
  expect(putConversation(state, structuredClone(conversation(1)))).toBe(state);
});

test("one change costs hardly more among 100 000 conversations than among 1 000", () => {
  const all: InboxFilter = { view: "all", order: "urgent", unread: false, mentioned: false, channel: null };
  const filled = (count: number) => {
    const conversations = Array.from({ length: count }, (_, n) => conversation(n, { interaction: null }));
    return {
      count,
      state: putPage(start(), all, { conversations, next: null, after: null }),
      took: [] as number[],
    };
  };
  const few = filled(1_000);
  const many = filled(100_000);
  for (let n = 0; n < 50; n++)
    for (const one of [few, many]) {
      const changed = { ...conversation((n * 1_999) % one.count), lastMessageAt: morning + n + 1 };
      const from = performance.now();
      one.state = putConversation(one.state, changed);
      one.took.push(performance.now() - from);
    }
  const median = ({ took }: { took: number[] }) => took.sort((a, b) => a - b)[25] ?? 0;
  // What is copied or sorted whole would take a hundred times as long.
  expect(median(many) / median(few)).toBeLessThan(30);
  expect(ids(many.state, all)).toHaveLength(100_000);
  expect(many.state.conversations.size).toBe(100_000);
}, 30_000);
