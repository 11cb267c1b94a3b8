import {
  type AgentFloor,
  type AgentState,
  type FloorChange,
  type HeldWork,
  type Interaction,
  type JournalEvent,
  type QueueFloor,
  WorkKind,
} from "@tongdai/shared";

/** Work that is not closed. A conversation has at most one. */
export type Work = Pick<
  Interaction,
  "id" | "conversationId" | "channel" | "queueId" | "state" | "ownerId" | "waitingSince" | "version"
> & { readonly acceptedAt: number | null };

export interface FloorState {
  /** Ids of the members by queue. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  readonly agents: readonly AgentState[];
  readonly lost: readonly string[];
  readonly work: readonly Work[];
}

/** The floor as it stands, kept up by what happens. */
export interface Picture {
  apply(event: JournalEvent): void;
  setLost(userIds: readonly string[]): void;
  /** What is different from what this gave before; `null`: nothing. */
  change(): FloorChange | null;
  /** What has been given so far, for somebody new. */
  full(): FloorChange;
}

export function floorPicture(from: FloorState): Picture {
  const members = new Map(from.members);
  const agents = new Map(from.agents.map((a) => [a.userId, a]));
  const work = new Map<string, Work>();
  const held = new Map<string, Set<string>>();
  let lost = new Set(from.lost);
  /** Agents of whom something may be different. */
  const touched = new Set(agents.keys());
  const toldQueues = new Map<string, QueueFloor>();
  const toldAgents = new Map<string, AgentFloor>();

  for (const w of from.work) put(w.conversationId, w);

  function put(conversationId: string, next: Work | null): void {
    const was = work.get(conversationId);
    if (was?.ownerId) {
      held.get(was.ownerId)?.delete(conversationId);
      touched.add(was.ownerId);
    }
    if (next === null) {
      work.delete(conversationId);
      return;
    }
    work.set(conversationId, next);
    if (next.ownerId === null) return;
    const inHand = held.get(next.ownerId);
    if (inHand) inHand.add(conversationId);
    else held.set(next.ownerId, new Set([conversationId]));
    touched.add(next.ownerId);
  }

  function present(agent: AgentState): AgentFloor {
    const inHand = [...(held.get(agent.userId) ?? [])].flatMap((id) => {
      const w = work.get(id);
      return w ? [toHeld(w)] : [];
    });
    return { ...agent, lost: lost.has(agent.userId), inHand: inHand.toSorted((a, b) => a.since - b.since) };
  }

  function queueFigures(): QueueFloor[] {
    const figures = new Map([...members].map(([queueId, ids]) => [queueId, staffOf(queueId, ids)]));
    for (const w of work.values()) {
      const f = figures.get(w.queueId);
      if (f) count(f, w);
    }
    return [...figures.values()];
  }

  function staffOf(queueId: string, ids: readonly string[]): Writable<QueueFloor> {
    const there = ids.flatMap((id) => {
      const agent = agents.get(id);
      return agent?.state === "available" && !lost.has(id) ? [agent] : [];
    });
    const free = there.filter(mayTakeMore).length;
    const none = { waiting: 0, offered: 0, longestSince: null, inProgress: 0 };
    return { queueId, ...none, available: there.length, free };
  }

  return {
    apply(event) {
      if (event.name === "agent.changed") {
        agents.set(event.data.agent.userId, event.data.agent);
        touched.add(event.data.agent.userId);
      } else if (event.name === "queue.saved") {
        members.set(event.data.queue.id, event.data.queue.memberIds);
      } else if (event.name.startsWith("interaction.") && "conversation" in event.data) {
        put(event.data.conversation.id, event.data.conversation.interaction);
      }
    },
    setLost(userIds) {
      const now = new Set(userIds);
      for (const id of [...now, ...lost]) if (now.has(id) !== lost.has(id)) touched.add(id);
      lost = now;
    },
    change() {
      const queues = queueFigures().filter((q) => !same(q, toldQueues.get(q.queueId)));
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

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function count(f: Writable<QueueFloor>, w: Work): void {
  if (w.state === "active" || w.state === "wrap_up") {
    f.inProgress++;
    return;
  }
  f.waiting++;
  if (w.state === "offered") f.offered++;
  if (f.longestSince === null || w.waitingSince < f.longestSince) f.longestSince = w.waitingSince;
}

const mayTakeMore = ({ carries, limits }: AgentState): boolean =>
  WorkKind.options.some((kind) => carries[kind] < limits[kind]);

const toHeld = (w: Work): HeldWork => ({
  interactionId: w.id,
  conversationId: w.conversationId,
  channel: w.channel,
  queueId: w.queueId,
  state: w.state,
  since: w.acceptedAt ?? w.waitingSince,
  version: w.version,
});

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
