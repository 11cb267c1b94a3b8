/** Waiting work as the router sees it. Times in epoch milliseconds. */
export interface WaitingItem {
  readonly interactionId: string;
  readonly queueId: string;
  /** Higher first. */
  readonly priority: number;
  readonly waitingSince: number;
  /** The agent who had this customer last, or whom a transfer names; offered first while there and free. */
  readonly preferredAgentId: string | null;
  /** Only the preferred agent may have it (a transfer to a person). */
  readonly preferredOnly: boolean;
  /** Agents who declined or missed it in this round. */
  readonly declinedBy: readonly string[];
}

export interface RoutableAgent {
  readonly userId: string;
  readonly queueIds: readonly string[];
  readonly available: boolean;
  readonly capacity: number;
  readonly load: number;
  /** When the agent last got or finished work, or became available. */
  readonly idleSince: number;
}

/** Codes are stable: they are journaled and translated by the client. */
export type Reason =
  | "longest_idle"
  | "preferred_agent"
  | "transferred"
  | "no_member_available"
  | "all_at_capacity"
  | "all_declined"
  | "preferred_agent_absent"
  | "closed";

/** Why an interaction left the agent or the queue that had it. */
export type StepReason =
  | "customer_wrote"
  | "claimed"
  | "started_by_agent"
  | "declined"
  | "missed"
  | "agent_lost"
  | "agent_signed_off"
  | "transferred"
  | "wrap_up_over"
  | "unresolved"
  | "out_of_hours"
  | "withdrawn";

export type Decision =
  | { interactionId: string; agentId: string; reasons: Reason[] }
  | { interactionId: string; agentId: null; reasons: Reason[] };

/**
 * Pairs waiting work with agents: highest priority, then oldest, first; each goes to its preferred agent when that one
 * has room, else to the longest idle member of its queue with room. Pure and deterministic: ties go by id.
 * Within a round everybody is asked once; when every member with room has declined, the caller starts a new one.
 */
export function route(waiting: readonly WaitingItem[], agents: readonly RoutableAgent[]): Decision[] {
  const load = new Map(agents.map((a) => [a.userId, a.load]));
  const idle = [...agents].sort((a, b) => a.idleSince - b.idleSince || compare(a.userId, b.userId));
  const order = [...waiting].sort(
    (a, b) =>
      b.priority - a.priority || a.waitingSince - b.waitingSince || compare(a.interactionId, b.interactionId),
  );
  return order.map((item) => {
    const decision = decide(item, idle, load);
    if (decision.agentId !== null) load.set(decision.agentId, (load.get(decision.agentId) ?? 0) + 1);
    return decision;
  });
}

function decide(
  item: WaitingItem,
  idle: readonly RoutableAgent[],
  load: ReadonlyMap<string, number>,
): Decision {
  const { interactionId } = item;
  const hasRoom = (a: RoutableAgent) => (load.get(a.userId) ?? a.load) < a.capacity;
  // Only a transfer by name reaches beyond the queue: a former agent may have left it since.
  const preferred = idle.find(
    (a) => a.userId === item.preferredAgentId && (item.preferredOnly || a.queueIds.includes(item.queueId)),
  );
  if (preferred?.available && hasRoom(preferred) && !item.declinedBy.includes(preferred.userId))
    return {
      interactionId,
      agentId: preferred.userId,
      reasons: [item.preferredOnly ? "transferred" : "preferred_agent"],
    };
  if (item.preferredOnly) return { interactionId, agentId: null, reasons: ["preferred_agent_absent"] };

  const present = idle.filter((a) => a.available && a.queueIds.includes(item.queueId));
  if (present.length === 0) return { interactionId, agentId: null, reasons: ["no_member_available"] };
  const free = present.filter(hasRoom);
  if (free.length === 0) return { interactionId, agentId: null, reasons: ["all_at_capacity"] };
  const willing = free.filter((a) => !item.declinedBy.includes(a.userId));
  const [first] = willing;
  if (!first) return { interactionId, agentId: null, reasons: ["all_declined"] };
  return { interactionId, agentId: first.userId, reasons: ["longest_idle"] };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
