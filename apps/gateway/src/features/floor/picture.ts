import {
  type AgentFloor,
  type AgentState,
  type Conversation,
  defaultThresholds,
  type FloorChange,
  type HeldWork,
  type Interaction,
  type JournalEvent,
  type QueueFloor,
  type QueueThresholds,
} from "@tongdai/shared";
import { createStaff, type StaffState } from "./staff.ts";

/** Work that is not closed. A conversation has at most one. */
export type Work = Pick<
  Interaction,
  | "id"
  | "conversationId"
  | "channel"
  | "queueId"
  | "state"
  | "ownerId"
  | "waitingSince"
  | "parked"
  | "version"
> & {
  readonly acceptedAt: number | null;
  readonly heldUntil: number | null;
  /** A chat whose customer owes the next word. */
  readonly isIdle: boolean;
};

export interface FloorState extends StaffState {
  readonly agents: readonly AgentState[];
  readonly lost: readonly string[];
  readonly work: readonly Work[];
  /** By queue; who is not in it has the usual ones. */
  readonly thresholds: ReadonlyMap<string, QueueThresholds>;
  /** Milliseconds. */
  readonly expectedWait: (queueId: string) => number | null;
}

/** The floor as it stands, kept up by what happens. */
/** Who waits and who is there; the day's numbers are kept elsewhere. */
type NowChange = Omit<FloorChange, "day">;

export interface Picture {
  apply(event: JournalEvent): void;
  setLost(userIds: readonly string[]): void;
  /** What is different from what this gave before; `null`: nothing. */
  change(): NowChange | null;
  /** What has been given so far, for somebody new. */
  full(): NowChange;
}

export function floorPicture(from: FloorState): Picture {
  const { kindOf } = from;
  const agents = new Map(from.agents.map((a) => [a.userId, a]));
  const work = new Map<string, Work>();
  const thresholds = new Map(from.thresholds);
  /** Ids of conversations by owner, and by queue. */
  const held = new Map<string, Set<string>>();
  const inQueue = new Map<string, Set<string>>();
  let lost = new Set(from.lost);
  const staff = createStaff(from, (userId) => {
    const agent = agents.get(userId);
    return agent && { agent, lost: lost.has(userId), idleChats: idleChatsOf(userId) };
  });
  /** Agents and queues of which something may be different. */
  const touched = new Set(agents.keys());
  const touchedQueues = new Set(staff.queueIds());
  const toldQueues = new Map<string, QueueFloor>();
  const toldAgents = new Map<string, AgentFloor>();

  for (const w of from.work) put(w.conversationId, w);

  function touch(userId: string): void {
    touched.add(userId);
    staff.touched(userId);
    for (const id of staff.reachOf(userId)) touchedQueues.add(id);
  }

  function put(conversationId: string, next: Work | null): void {
    const was = work.get(conversationId);
    if (was) {
      inQueue.get(was.queueId)?.delete(conversationId);
      touchedQueues.add(was.queueId);
      if (was.ownerId) {
        held.get(was.ownerId)?.delete(conversationId);
        touch(was.ownerId);
      }
    }
    if (next === null) {
      work.delete(conversationId);
      return;
    }
    work.set(conversationId, next);
    addTo(inQueue, next.queueId, conversationId);
    touchedQueues.add(next.queueId);
    if (next.ownerId === null) return;
    addTo(held, next.ownerId, conversationId);
    touch(next.ownerId);
  }

  function idleChatsOf(userId: string): number {
    let chats = 0;
    for (const id of held.get(userId) ?? []) {
      const w = work.get(id);
      if (w?.isIdle && w.state === "active" && kindOf(w.channel) === "chat") chats++;
    }
    return chats;
  }

  function worksOf(ids: ReadonlySet<string> | undefined): Work[] {
    return [...(ids ?? [])].flatMap((id) => work.get(id) ?? []);
  }

  function present(agent: AgentState): AgentFloor {
    const inHand = worksOf(held.get(agent.userId)).map(toHeld);
    return { ...agent, lost: lost.has(agent.userId), inHand: inHand.toSorted((a, b) => a.since - b.since) };
  }

  function figuresOf(queueId: string): QueueFloor {
    const none = { waiting: 0, offered: 0, held: 0, opensAt: null, longestSince: null, inProgress: 0 };
    const expected = from.expectedWait(queueId);
    const expectedWait = expected === null ? null : Math.round(expected / STEP_MS) * STEP_MS;
    const figures: Writable<QueueFloor> = {
      queueId,
      ...none,
      expectedWait,
      thresholds: thresholds.get(queueId) ?? defaultThresholds,
      available: 0,
      free: 0,
    };
    for (const id of inQueue.get(queueId) ?? []) {
      const w = work.get(id);
      if (w) count(figures, w);
    }
    return { ...figures, ...staff.of(queueId, figures.waiting) };
  }

  /** Whether the customer owes the next word, where that makes room. */
  function setIdle({ id, unansweredSince }: Conversation): void {
    const w = work.get(id);
    const isIdle = unansweredSince === null;
    if (staff.countsIdleChats() && w && w.isIdle !== isIdle) put(id, { ...w, isIdle });
  }

  return {
    apply(event) {
      switch (event.name) {
        case "agent.changed":
          agents.set(event.data.agent.userId, event.data.agent);
          touch(event.data.agent.userId);
          return;
        case "queue.saved":
        case "capacity.saved":
        case "channel_account.changed":
          staff.learn(event);
          for (const id of staff.queueIds()) touchedQueues.add(id);
          return;
        case "user.saved":
          staff.learn(event);
          touch(event.data.user.id);
          return;
        case "queue_opening.changed":
          for (const w of worksOf(inQueue.get(event.data.queueId)))
            if (w.heldUntil !== null) put(w.conversationId, { ...w, heldUntil: event.data.until });
          return;
        case "thresholds.saved":
          thresholds.set(event.data.queueId, event.data.thresholds);
          touchedQueues.add(event.data.queueId);
          return;
        case "message.created":
        case "conversation.updated":
          setIdle(event.data.conversation);
          return;
        default:
          if (!event.name.startsWith("interaction.") || !("conversation" in event.data)) return;
          put(event.data.conversation.id, toWork(event.data.conversation));
      }
    },
    setLost(userIds) {
      const before = lost;
      lost = new Set(userIds);
      for (const id of [...lost, ...before]) if (lost.has(id) !== before.has(id)) touch(id);
    },
    change() {
      const queues = [...touchedQueues]
        .filter((id) => staff.queueIds().includes(id))
        .map(figuresOf)
        .filter((q) => !same(q, toldQueues.get(q.queueId)));
      touchedQueues.clear();
      for (const q of queues) toldQueues.set(q.queueId, q);
      const changed = [...touched].flatMap((id) => {
        const agent = agents.get(id);
        const now = agent && present(agent);
        return now && !same(now, toldAgents.get(id)) ? [now] : [];
      });
      touched.clear();
      for (const a of changed) toldAgents.set(a.userId, a);
      return queues.length + changed.length === 0 ? null : { full: false, queues, agents: changed };
    },
    full: () => ({ full: true, queues: [...toldQueues.values()], agents: [...toldAgents.values()] }),
  };
}

/** An estimate is told this roughly: it would be different at every look. */
const STEP_MS = 5_000;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function addTo(sets: Map<string, Set<string>>, key: string, id: string): void {
  const ids = sets.get(key);
  if (ids) ids.add(id);
  else sets.set(key, new Set([id]));
}

function count(f: Writable<QueueFloor>, w: Work): void {
  if (w.state === "active" || w.state === "wrap_up") {
    f.inProgress++;
    return;
  }
  // Nobody waits for what was put aside, and nobody works on it.
  if (w.state === "parked") return;
  if (w.heldUntil !== null && w.state === "waiting") {
    f.held++;
    f.opensAt = Math.min(f.opensAt ?? w.heldUntil, w.heldUntil);
    return;
  }
  f.waiting++;
  if (w.state === "offered") f.offered++;
  if (f.longestSince === null || w.waitingSince < f.longestSince) f.longestSince = w.waitingSince;
}

const toWork = ({ interaction, unansweredSince }: Conversation): Work | null =>
  interaction && {
    ...interaction,
    heldUntil: interaction.heldUntil ?? null,
    isIdle: unansweredSince === null,
  };

const toHeld = (w: Work): HeldWork => ({
  interactionId: w.id,
  conversationId: w.conversationId,
  channel: w.channel,
  queueId: w.queueId,
  state: w.state,
  since: w.acceptedAt ?? w.waitingSince,
  parkedUntil: w.parked?.until ?? null,
  version: w.version,
});

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
