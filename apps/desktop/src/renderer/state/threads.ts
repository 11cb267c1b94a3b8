import type { Message } from "@tongdai/shared";
import type { Past, State, Step, Stretch, Target, Thread } from "./model.ts";
import { same } from "./same.ts";
import {
  covers,
  type MessagePage,
  meets,
  messageOrder,
  putInto,
  stretchOf,
  withMessage,
  withPage,
} from "./stretch.ts";

/** Threads kept in memory; the one opened longest ago goes first. */
const keptThreads = 30;

export const emptyThread: Thread = {
  messages: [],
  before: null,
  after: null,
  status: "idle",
  older: "idle",
  past: null,
  target: null,
  aims: 0,
  strays: [],
  steps: [],
  unreadFrom: null,
  openedAt: 0,
};

export function putThread(state: State, conversationId: string, change: Partial<Thread>): State {
  const old = state.threads[conversationId] ?? emptyThread;
  const next = { ...old, ...change };
  return same(old, next) && state.threads[conversationId]
    ? state
    : { ...state, threads: { ...state.threads, [conversationId]: next } };
}

/** What the reader looks at: the place they jumped to, else the newest messages. */
export const shownStretch = (thread: Thread): Stretch & Pick<Thread, "older"> => thread.past ?? thread;

/** Only threads that are on screen or were: others are fetched when they are opened. */
export function putMessage(state: State, message: Message): State {
  const thread = state.threads[message.conversationId];
  if (!thread || (thread.status === "idle" && !thread.target)) return state;
  const next = putInto(thread, message);
  const past = next.past && putInto(next.past, message);
  const strays = withStray(next, message);
  return next === thread && past === thread.past && strays === thread.strays
    ? state
    : withThread(state, message.conversationId, { ...next, past, strays });
}

/** Also one that has its place: the page on its way may hold it as it was, elsewhere. */
function withStray(thread: Thread, message: Message): readonly Message[] {
  const { strays } = thread;
  const others = strays.some((m) => m.id === message.id) ? strays.filter((m) => m.id !== message.id) : strays;
  return isAwaiting(thread) ? [...others, message] : others;
}

/** A page is on its way that may hold a message as it was before the journal told of its change. */
const isAwaiting = ({ status, older, past, target }: Thread): boolean =>
  status === "loading" ||
  older === "loading" ||
  past?.older === "loading" ||
  past?.newer === "loading" ||
  target?.status === "loading";

/** The newest page: what came by event while it was on its way is kept. */
export function putNewest(
  state: State,
  conversationId: string,
  page: { messages: readonly Message[]; before: string | null },
): State {
  const old = state.threads[conversationId] ?? emptyThread;
  const fetched = stretchOf({ ...page, after: null });
  const last = fetched.messages.at(-1);
  const isStale = old.status === "stale";
  const isKept = (m: Message) =>
    isStale ? last !== undefined && messageOrder(m, last) > 0 : covers(fetched, m);
  return settled(state, conversationId, {
    ...old,
    messages: old.messages.filter(isKept).reduce(withMessage, fetched.messages),
    before: fetched.before,
    status: "ready",
    older: "idle",
    past: isStale ? null : old.past,
    strays: isStale ? [] : [...old.strays, ...old.messages.filter((m) => !isKept(m))],
  });
}

/** @param asked the cursor that the page was asked with: of a stretch that is gone by now nothing is taken */
export function putOlder(
  state: State,
  conversationId: string,
  { asked, page }: { asked: string; page: MessagePage },
): State {
  const old = state.threads[conversationId];
  if (old?.past?.before?.cursor === asked)
    return settled(state, conversationId, {
      ...old,
      past: { ...withPage(old.past, page, "before"), older: "idle" },
    });
  if (old?.before?.cursor !== asked) return state;
  return settled(state, conversationId, { ...withPage(old, page, "before"), older: "idle" });
}

export function putNewer(
  state: State,
  conversationId: string,
  { asked, page }: { asked: string; page: MessagePage },
): State {
  const old = state.threads[conversationId];
  if (old?.past?.after?.cursor !== asked) return state;
  const past: Past = { ...withPage(old.past, page, "after"), newer: "idle" };
  return settled(state, conversationId, { ...old, past });
}

/** A page of a stretch could not be had. */
export function failPage(state: State, conversationId: string, asked: string): State {
  const old = state.threads[conversationId];
  if (!old) return state;
  const { past } = old;
  if (past?.before?.cursor === asked)
    return settled(state, conversationId, { ...old, past: { ...past, older: "failed" } });
  if (past?.after?.cursor === asked)
    return settled(state, conversationId, { ...old, past: { ...past, newer: "failed" } });
  return old.before?.cursor === asked ? settled(state, conversationId, { ...old, older: "failed" }) : state;
}

/** The reader wishes to see a message. It is shown at once when it is here. */
export function aim(
  state: State,
  conversationId: string,
  { messageId, query }: Pick<Target, "messageId" | "query">,
): State {
  const old = state.threads[conversationId] ?? emptyThread;
  const isIn = (stretch: Stretch | null) => stretch?.messages.some((m) => m.id === messageId) ?? false;
  const isNewest = old.status === "ready" && isIn(old);
  const isHere = isNewest || (old.status === "ready" && isIn(old.past));
  const count = old.aims + 1;
  const target: Target = { messageId, query, count, status: isHere ? "ready" : "loading" };
  return settled(state, conversationId, { ...old, target, aims: count, past: isNewest ? null : old.past });
}

/** The page with the message in its middle. @param count of the wish that it answers: a later wish has its own answer */
export function putAround(
  state: State,
  conversationId: string,
  { count, page }: { count: number; page: MessagePage },
): State {
  const old = state.threads[conversationId];
  if (!old?.target || old.target.count !== count) return state;
  const past: Past = { ...stretchOf(page), older: "idle", newer: "idle" };
  return settled(state, conversationId, { ...old, past, target: { ...old.target, status: "ready" } });
}

/** The message could not be had. */
export function failAim(state: State, conversationId: string, count: number): State {
  const old = state.threads[conversationId];
  if (old?.target?.count !== count) return state;
  return settled(state, conversationId, { ...old, target: null });
}

/** Back to the newest messages; the mark on the message that was looked for goes out. */
export function leavePast(state: State, conversationId: string): State {
  const old = state.threads[conversationId];
  return old?.past || old?.target
    ? settled(state, conversationId, { ...old, past: null, target: null })
    : state;
}

/** With what the journal told meanwhile in its place, and one stretch where two have met. */
function settled(state: State, conversationId: string, thread: Thread): State {
  let next = thread;
  for (const message of thread.strays) {
    const past = next.past && putInto(next.past, message);
    next = { ...putInto(next, message), past };
  }
  const whole = joined(next);
  return withThread(state, conversationId, isAwaiting(whole) ? whole : { ...whole, strays: [] });
}

function joined(thread: Thread): Thread {
  const { past } = thread;
  if (!past || thread.status !== "ready" || !meets(past, thread)) return thread;
  const { before, older } = past.before && covers(thread, past.before) ? thread : past;
  return {
    ...thread,
    messages: thread.messages.reduce(withMessage, past.messages),
    before,
    older,
    past: null,
  };
}

export function putSteps(state: State, conversationId: string, steps: readonly Step[]): State {
  const old = state.threads[conversationId];
  if (!old) return state;
  const known = new Set(old.steps.map((s) => s.seq));
  const fresh = steps.filter((s) => !known.has(s.seq));
  if (fresh.length === 0) return state;
  const all = [...old.steps, ...fresh].sort((a, b) => a.seq - b.seq);
  return withThread(state, conversationId, { ...old, steps: all });
}

/** Lets go of the threads opened longest ago, so that a day of switching does not fill the memory. */
export function trimThreads(state: State, openId: string | null): State {
  const entries = Object.entries(state.threads);
  if (entries.length <= keptThreads) return state;
  const kept = entries
    .sort(([a, x], [b, y]) => Number(b === openId) - Number(a === openId) || y.openedAt - x.openedAt)
    .slice(0, keptThreads);
  return { ...state, threads: Object.fromEntries(kept) };
}

const withThread = (state: State, id: string, thread: Thread): State => ({
  ...state,
  threads: { ...state.threads, [id]: thread },
});
