import type { CapacityRule, Obstacle } from "../../contract/routing.ts";
import type { RoutableAgent, WaitingItem } from "./floor.ts";
import { heap } from "./heap.ts";
import { type Call, passing, standing } from "./obstacle.ts";
import type { WhyNobody } from "./reasons.ts";
import type { QueueRule } from "./rules.ts";
import { compareRank, type Rank, rank } from "./strategy.ts";

/** An agent during a pass; `agent` is replaced when work is given. */
export interface Seat {
  agent: RoutableAgent;
}

interface Place {
  readonly seat: Seat;
  /** As the seat was when it was ranked. */
  readonly agent: RoutableAgent;
  readonly rank: Rank;
}

/** Waiting work of which every piece asks the same; it finds the next agent without looking at all of them again. */
export interface Line {
  /** The best agent with room who has not declined; null when there is none. */
  next(item: WaitingItem): Seat | null;
  /** What stands in the way, by number of agents. */
  whyNobody(item: WaitingItem): readonly WhyNobody[];
}

/**
 * @param members of the queues that are asked; others are not looked at
 */
export function openLine(o: {
  queue: QueueRule;
  call: Call;
  ring: number;
  members: readonly Seat[];
  capacity: CapacityRule;
}): Line {
  const { call, members, capacity } = o;
  const ring = o.queue.rings[o.ring];
  const by = {
    queueId: o.queue.queueId,
    strategy: o.queue.strategy,
    needs: call.needs,
    prefers: ring?.prefers ?? [],
    capacity,
  };
  const place = (seat: Seat): Place => ({ seat, agent: seat.agent, rank: rank(seat.agent, by) });
  const places = heap<Place>(
    (a, b) => (compareRank(a.rank, b.rank) || compare(a.agent.userId, b.agent.userId)) < 0,
  );
  for (const seat of members) if (!standing(seat.agent, call)) places.push(place(seat));
  let summary: readonly WhyNobody[] | null = null;

  function next(item: WaitingItem): Seat | null {
    const asked: Place[] = [];
    const found = draw(item, asked);
    for (const p of asked) places.push(p);
    return found;
  }

  /** Takes places out until one can have the item; those that must come back are added to `asked`. */
  function draw(item: WaitingItem, asked: Place[]): Seat | null {
    for (let top = places.pop(); top; top = places.pop()) {
      if (top.agent !== top.seat.agent) {
        places.push(place(top.seat));
        continue;
      }
      const obstacle = passing(top.agent, item, capacity);
      // Room only shrinks within a pass: who has none is not asked again. Who declined this may take the next.
      if (obstacle?.code === "at_capacity") continue;
      asked.push(top);
      if (!obstacle) return top.seat;
    }
    return null;
  }

  function whyNobody(item: WaitingItem): readonly WhyNobody[] {
    if (item.declinedBy.length > 0) return summarise(members, { call, item, capacity });
    summary ??= summarise(members, { call, item, capacity });
    return summary;
  }

  return { next, whyNobody };
}

/** What keeps this agent from this work now, or null. */
export const obstacleOf = (
  agent: RoutableAgent,
  o: { call: Call; item: WaitingItem; capacity: CapacityRule },
): Obstacle | null => standing(agent, o.call) ?? passing(agent, o.item, o.capacity);

function summarise(members: readonly Seat[], o: Parameters<typeof obstacleOf>[1]): WhyNobody[] {
  if (members.length === 0) return [{ code: "queue_empty", agents: 0 }];
  const counts = new Map<string, WhyNobody>();
  for (const { agent } of members) {
    const obstacle = obstacleOf(agent, o);
    if (!obstacle) continue;
    const of = subject(obstacle);
    const key = `${obstacle.code} ${of ?? ""}`;
    counts.set(key, {
      code: obstacle.code,
      agents: (counts.get(key)?.agents ?? 0) + 1,
      ...(of ? { of } : {}),
    });
  }
  return [...counts.values()].toSorted(
    (a, b) => b.agents - a.agents || compare(a.code, b.code) || compare(a.of ?? "", b.of ?? ""),
  );
}

function subject(obstacle: Obstacle): string | undefined {
  switch (obstacle.code) {
    case "not_available":
      return obstacle.state;
    case "lacks_skill":
      return obstacle.skillId;
    case "at_capacity":
      return obstacle.kind;
    case "kept_for":
      return obstacle.userId;
    default:
      return undefined;
  }
}

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
