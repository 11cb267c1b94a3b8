import { callFor, nextChange, ringAt } from "./call.ts";
import { withOneMore } from "./capacity.ts";
import type { RoutableAgent, WaitingItem } from "./floor.ts";
import { compare, type Line, openLine, type Seat } from "./line.ts";
import { notThere, passing } from "./obstacle.ts";
import { points } from "./priority.ts";
import type { Why, WhyNobody } from "./reasons.ts";
import type { QueueRule, Rules } from "./rules.ts";

export type Decision =
  | { readonly interactionId: string; readonly agentId: string; readonly why: Why }
  | {
      readonly interactionId: string;
      readonly agentId: null;
      readonly why: readonly WhyNobody[];
      /** When time alone may change this no into a yes; null: it will not. Epoch milliseconds. */
      readonly changesAt: number | null;
    };

export interface Routing {
  /** One for each item, in the order in which they were served. */
  readonly decisions: readonly Decision[];
  /** The earliest `changesAt` of those whom nobody takes. */
  readonly lookAgainAt: number | null;
}

export interface Floor {
  readonly waiting: readonly WaitingItem[];
  readonly agents: readonly RoutableAgent[];
  readonly rules: Rules;
  readonly now: number;
  /** The ids of those agents by queue, where somebody has them at hand. */
  readonly members?: ReadonlyMap<string, readonly string[]>;
  readonly agentsById?: ReadonlyMap<string, RoutableAgent>;
  /** How many wait in each queue, when `waiting` is only a part of them. */
  readonly lengths?: ReadonlyMap<string, number>;
}

/**
 * Pairs waiting work with agents, and says why for every yes and every no. Work goes in order of its points, then of its
 * age; each piece to the agent it is meant or kept for, else to the best by its queue's strategy among those who are
 * there, may, can, have room and have not declined it. Pure and deterministic: ties go by id. O(n log n) in items and
 * agents for a given set of rules.
 */
export function route(floor: Floor): Routing {
  const { rules, now } = floor;
  const seats = seatsOf(floor);
  const lines = linesOf(floor, seats);
  let lookAgainAt: number | null = null;
  const decisions = inOrder(floor).map((item): Decision => {
    const queue = rules.queues.get(item.queueId);
    const given = queue
      ? decide(item, queue, { floor, seats, lines })
      : [{ code: "no_rule", agents: 0 } as const];
    if ("seat" in given) {
      take(given.seat, item, now);
      return { interactionId: item.interactionId, agentId: given.seat.agent.userId, why: given.why };
    }
    const changesAt = queue ? nextChange(item, queue, now) : null;
    if (changesAt !== null) lookAgainAt = Math.min(changesAt, lookAgainAt ?? changesAt);
    return { interactionId: item.interactionId, agentId: null, why: given, changesAt };
  });
  return { decisions, lookAgainAt };
}

function inOrder({ waiting, rules, now }: Floor): readonly WaitingItem[] {
  const scored = waiting.map((item) => {
    const rule = rules.queues.get(item.queueId)?.priority;
    return { item, points: rule ? points(item, rule, now) : 0 };
  });
  scored.sort(
    (a, b) =>
      b.points - a.points ||
      a.item.waitingSince - b.item.waitingSince ||
      compare(a.item.interactionId, b.item.interactionId),
  );
  return scored.map((s) => s.item);
}

interface Pass {
  readonly floor: Floor;
  readonly seats: Seats;
  readonly lines: (item: WaitingItem, queue: QueueRule) => { line: Line; ring: number };
}
type Given = { seat: Seat; why: Why } | readonly WhyNobody[];

function decide(item: WaitingItem, queue: QueueRule, pass: Pass): Given {
  const named = toNamedAgent(item, queue, pass);
  if (named) return named;
  if (queue.mode === "pull") return [{ code: "agents_pick", agents: 0 }];
  const { line, ring } = pass.lines(item, queue);
  const seat = line.next(item);
  if (!seat) return line.whyNobody(item);
  const helps = seat.agent.queueIds.includes(queue.queueId) ? {} : { helps: queue.queueId };
  return { seat, why: { code: queue.strategy, ring: ring + 1, ...helps } };
}

/** Work that is meant for one agent, or kept for one; null when it is for everybody. */
function toNamedAgent(item: WaitingItem, queue: QueueRule, pass: Pass): Given | null {
  const { now, rules } = pass.floor;
  const waited = now - item.waitingSince;
  const ring = ringAt(queue, waited) + 1;
  const kept = [
    { code: "last_agent", userId: item.lastAgentId, forMs: queue.lastAgentMs },
    { code: "customer_owner", userId: item.customerOwnerId, forMs: queue.ownerMs },
  ] as const;
  const named = item.transferredTo
    ? [{ code: "transferred", userId: item.transferredTo, forMs: Infinity } as const]
    : kept.filter((k) => waited < k.forMs);
  for (const { code, userId } of named) {
    const seat = userId === null ? undefined : pass.seats(userId);
    const away = seat ? notThere(seat.agent) : null;
    const obstacle = seat && !away ? passing(seat.agent, item, rules.capacity) : null;
    if (seat && !away && !obstacle) return { seat, why: { code, ring } };
    const waits = obstacle?.code === "at_capacity" || code === "transferred";
    if (waits && userId !== null) return [{ code: "kept_for", agents: 1, of: userId }];
  }
  return null;
}

function take(seat: Seat, item: WaitingItem, now: number): void {
  const { agent } = seat;
  seat.agent = { ...agent, carries: withOneMore(agent.carries, item.kind), idleSince: now, offeredAt: now };
}

/** Items that ask the same share a line, which is opened when the first of them comes. */
function linesOf(floor: Floor, seats: Seats): Pass["lines"] {
  const { rules, now } = floor;
  const lengths = floor.lengths ?? countBy(floor.waiting);
  const members = floor.members ?? membersOf(floor.agents);
  const lines = new Map<string, Line>();
  return (item, queue) => {
    const waitedMs = now - item.waitingSince;
    const ring = ringAt(queue, waitedMs);
    const call = callFor(queue, { waitedMs, length: lengths.get(queue.queueId) ?? 0, needs: item.needs });
    const key = `${ring} ${item.kind} ${call.queueIds.join()} ${call.needs.map((n) => `${n.skillId}:${n.level}`).join()}`;
    let line = lines.get(key);
    if (!line) {
      const ids = new Set(call.queueIds.flatMap((id) => members.get(id) ?? []));
      const asked = [...ids].flatMap((id) => seats(id) ?? []);
      line = openLine({ queue, ring, call, members: asked, capacity: rules.capacity });
      lines.set(key, line);
    }
    return { line, ring };
  };
}

type Seats = (userId: string) => Seat | undefined;

/** A seat is set up when somebody looks at its agent: mostly few are. */
function seatsOf(floor: Floor): Seats {
  const agents = floor.agentsById ?? new Map(floor.agents.map((agent) => [agent.userId, agent]));
  const seats = new Map<string, Seat>();
  return (userId) => {
    const known = seats.get(userId);
    const agent = known ? undefined : agents.get(userId);
    if (!agent) return known;
    const seat: Seat = { agent };
    seats.set(userId, seat);
    return seat;
  };
}

/** Ids of agents by queue. */
export function membersOf(agents: Iterable<RoutableAgent>): ReadonlyMap<string, readonly string[]> {
  const members = new Map<string, string[]>();
  for (const { userId, queueIds } of agents)
    for (const id of queueIds) {
      const list = members.get(id);
      if (list) list.push(userId);
      else members.set(id, [userId]);
    }
  return members;
}

function countBy(waiting: readonly WaitingItem[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { queueId } of waiting) counts.set(queueId, (counts.get(queueId) ?? 0) + 1);
  return counts;
}
