import type { Message } from "@tongdai/shared";
import type { State, Step, Thread } from "./model.ts";
import { compareText, insertAt, position } from "./ordered.ts";
import { same } from "./same.ts";

/** Threads kept in memory; the one opened longest ago goes first. */
const keptThreads = 30;

export const emptyThread: Thread = {
  messages: [],
  before: null,
  status: "idle",
  older: "idle",
  steps: [],
  unreadFrom: null,
  openedAt: 0,
};

export const messageOrder = (a: Message, b: Message): number => a.at - b.at || compareText(a.id, b.id);

export function putThread(state: State, conversationId: string, change: Partial<Thread>): State {
  const old = state.threads[conversationId] ?? emptyThread;
  const next = { ...old, ...change };
  return same(old, next) && state.threads[conversationId]
    ? state
    : { ...state, threads: { ...state.threads, [conversationId]: next } };
}

/** Only threads that are on screen or were: others are fetched when they are opened. */
export function putMessage(state: State, message: Message): State {
  const thread = state.threads[message.conversationId];
  if (!thread || thread.status === "idle") return state;
  const messages = withMessage(thread.messages, message);
  return messages === thread.messages
    ? state
    : withThread(state, message.conversationId, { ...thread, messages });
}

/** The newest page: what came by event while it was on its way is kept. */
export function putNewest(
  state: State,
  conversationId: string,
  page: { messages: readonly Message[]; before: string | null },
): State {
  const old = state.threads[conversationId] ?? emptyThread;
  const last = page.messages.at(-1);
  const isLater = (m: Message) => last !== undefined && messageOrder(m, last) > 0;
  const since = old.status === "stale" ? old.messages.filter(isLater) : old.messages;
  const messages = since.reduce(withMessage, [...page.messages].sort(messageOrder) as readonly Message[]);
  return withThread(state, conversationId, {
    ...old,
    messages,
    before: page.before,
    status: "ready",
    older: "idle",
  });
}

export function putOlder(
  state: State,
  conversationId: string,
  page: { messages: readonly Message[]; before: string | null },
): State {
  const old = state.threads[conversationId];
  if (!old) return state;
  const messages = page.messages.reduce(withMessage, old.messages);
  return withThread(state, conversationId, { ...old, messages, before: page.before, older: "idle" });
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

function withMessage(messages: readonly Message[], message: Message): readonly Message[] {
  const at = position(messages, (other) => messageOrder(other, message));
  const known = messages[at];
  if (known?.id === message.id) return replaced(messages, at, message);
  // A message that moved in time keeps its id but not its place.
  const elsewhere = messages.findLastIndex((m) => m.id === message.id);
  if (elsewhere < 0) return insertAt(messages, at, message);
  const old = messages[elsewhere];
  if (old && old.revision > message.revision) return messages;
  return withMessage(
    messages.filter((m) => m.id !== message.id),
    message,
  );
}

function replaced(messages: readonly Message[], at: number, message: Message): readonly Message[] {
  const old = messages[at];
  if (old && (old.revision > message.revision || same(old, message))) return messages;
  const next = messages.slice();
  next[at] = message;
  return next;
}
