import {
  type AgentSkills,
  type AgentState,
  type CapacityRule,
  type ChannelAccount,
  callFor,
  hasRoom,
  type JournalEvent,
  type QueueRules,
  type RoutableAgent,
  standing,
  WorkKind,
} from "@tongdai/shared";

export interface QueueSeats {
  readonly memberIds: readonly string[];
  readonly rules: QueueRules;
}

/** Where a channel account's work goes, and of which kind it is. */
export interface Inlet {
  readonly queueId: string;
  readonly kind: WorkKind;
}

export type InletAccount = Pick<ChannelAccount, "channel" | "queueId" | "commentQueueId">;

export interface StaffState {
  readonly queues: ReadonlyMap<string, QueueSeats>;
  readonly skills: ReadonlyMap<string, AgentSkills>;
  readonly capacity: CapacityRule;
  /** By channel account. */
  readonly inlets: ReadonlyMap<string, readonly Inlet[]>;
  readonly inletsOf: (account: InletAccount) => readonly Inlet[];
  /** What a channel's work takes of an agent. */
  readonly kindOf: (channel: string) => WorkKind;
}

/** An agent, and what of theirs the journal does not tell. */
export interface Seen {
  readonly agent: AgentState;
  readonly lost: boolean;
  readonly idleChats: number;
}

/** Who is there for each queue's work, by the router's own rules. */
export function createStaff(from: StaffState, see: (userId: string) => Seen | undefined) {
  const queues = new Map(from.queues);
  const skills = new Map(from.skills);
  const inlets = new Map(from.inlets);
  let { capacity } = from;
  /** As the router sees them; made anew when something of theirs is different. */
  const known = new Map<string, RoutableAgent>();
  let queuesOf = membership(queues);
  let helpedBy = helped(queues);

  function routable(userId: string): RoutableAgent | undefined {
    const before = known.get(userId);
    if (before) return before;
    const seen = see(userId);
    if (!seen) return undefined;
    const { agent, lost, idleChats } = seen;
    const now = {
      userId,
      queueIds: queuesOf.get(userId) ?? [],
      skills: skills.get(userId) ?? {},
      state: lost ? "lost" : (agent.reason ?? agent.state),
      limits: agent.limits,
      carries: { ...agent.carries, idleChats },
      idleSince: 0,
      offeredAt: 0,
    };
    known.set(userId, now);
    return now;
  }

  function kindsOf(queueId: string): readonly WorkKind[] {
    const kinds = [...inlets.values()]
      .flat()
      .filter((i) => i.queueId === queueId)
      .map((i) => i.kind);
    // Only moved work comes there, of whatever kind.
    return kinds.length > 0 ? [...new Set(kinds)] : WorkKind.options;
  }

  return {
    queueIds: () => [...queues.keys()],
    countsIdleChats: () => capacity.idleChat < 1,
    touched(userId: string): void {
      known.delete(userId);
    },
    /** The queues whose staff an agent may belong to: their own, and those that these help. */
    reachOf(userId: string): string[] {
      const own = queuesOf.get(userId) ?? [];
      return [...own, ...own.flatMap((id) => helpedBy.get(id) ?? [])];
    },
    /** Takes in a saved rule or person. */
    learn(event: JournalEvent): void {
      if (event.name === "queue.saved") {
        const { id, memberIds, rules } = event.data.queue;
        queues.set(id, { memberIds, rules });
        queuesOf = membership(queues);
        helpedBy = helped(queues);
        known.clear();
      } else if (event.name === "user.saved") {
        skills.set(event.data.user.id, event.data.user.skills);
        known.delete(event.data.user.id);
      } else if (event.name === "capacity.saved") {
        capacity = event.data.capacity;
        known.clear();
      } else if (event.name === "channel_account.changed") {
        const { account } = event.data;
        inlets.set(account.id, from.inletsOf(account));
      }
    },
    /** Of those who are asked for a new piece of a queue's work: who is available, and who of them could take it. */
    of(queueId: string, length: number): { available: number; free: number } {
      const rules = queues.get(queueId)?.rules;
      if (!rules) return { available: 0, free: 0 };
      const call = callFor({ ...rules, queueId }, { waitedMs: 0, length });
      const kinds = kindsOf(queueId);
      const asked = new Set(call.queueIds.flatMap((id) => queues.get(id)?.memberIds ?? []));
      let available = 0;
      let free = 0;
      for (const userId of asked) {
        const agent = routable(userId);
        if (agent?.state !== "available") continue;
        available++;
        if (!standing(agent, call) && kinds.some((kind) => hasRoom(agent, capacity, kind))) free++;
      }
      return { available, free };
    },
  };
}

type Queues = ReadonlyMap<string, QueueSeats>;

/** The queues of each agent. */
const membership = (queues: Queues): Map<string, string[]> => inverted(queues, (q) => q.memberIds);

/** The queues that each queue helps. */
const helped = (queues: Queues): Map<string, string[]> =>
  inverted(queues, (q) => q.rules.overflow.map((o) => o.queueId));

function inverted(queues: Queues, keys: (queue: QueueSeats) => readonly string[]): Map<string, string[]> {
  const of = new Map<string, string[]>();
  for (const [queueId, queue] of queues)
    for (const key of keys(queue)) {
      const there = of.get(key);
      if (there) there.push(queueId);
      else of.set(key, [queueId]);
    }
  return of;
}
