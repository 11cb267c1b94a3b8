import type { Limits } from "../../contract/routing.ts";
import { hasRoom } from "./capacity.ts";
import type { RoutableAgent, WaitingItem } from "./floor.ts";
import { heap } from "./heap.ts";
import { route } from "./route.ts";
import type { Rules } from "./rules.ts";

/** Work that comes in during a simulated day. Milliseconds. */
export interface Arrival {
  readonly item: WaitingItem;
  readonly handleMs: number;
  /** The customer leaves when nobody has answered by then; null: waits for ever. */
  readonly patienceMs: number | null;
}

export interface Shift {
  readonly userId: string;
  readonly queueIds: readonly string[];
  readonly skills: Readonly<Record<string, number>>;
  readonly limits: Limits;
  readonly from: number;
  readonly to: number;
}

export interface Outcome {
  readonly interactionId: string;
  readonly arrivedAt: number;
  readonly answeredAt: number | null;
  readonly abandonedAt: number | null;
  readonly endedAt: number | null;
  readonly agentId: string | null;
}

type Event =
  | { readonly kind: "ends"; readonly arrival: Arrival; readonly agentId: string }
  | { readonly kind: "arrives" | "leaves"; readonly arrival: Arrival }
  | { readonly kind: "begins" | "goes"; readonly shift: Shift }
  | { readonly kind: "look" };

/**
 * Runs a day through the router that the product uses: everybody accepts at once, and who goes finishes what is in hand.
 * @returns one outcome for each arrival, in the order of `arrivals`
 */
export function simulate(o: {
  arrivals: readonly Arrival[];
  shifts: readonly Shift[];
  rules: Rules;
}): Outcome[] {
  const { rules } = o;
  const agenda = openAgenda();
  const outcomes = new Map<string, Outcome>();
  const waiting = new Map<string, Arrival>();
  const agents = new Map<string, RoutableAgent>();
  const free = new Map<string, RoutableAgent>();

  for (const shift of o.shifts) {
    agenda.add(shift.from, { kind: "begins", shift });
    agenda.add(shift.to, { kind: "goes", shift });
  }
  for (const arrival of o.arrivals) {
    agenda.add(arrival.item.waitingSince, { kind: "arrives", arrival });
    outcomes.set(arrival.item.interactionId, notYet(arrival.item));
  }

  let look = Infinity;
  for (let next = agenda.next(); next; next = agenda.next()) {
    const { at, event } = next;
    happen(event, at);
    if (agenda.peek() === at || waiting.size === 0 || free.size === 0) continue;
    serve(at);
  }
  return o.arrivals.map((a) => outcomes.get(a.item.interactionId) ?? notYet(a.item));

  function happen(event: Event, at: number): void {
    switch (event.kind) {
      case "begins":
        put(newcomer(event.shift, at));
        return;
      case "goes":
        change(event.shift.userId, (a) => ({ ...a, state: "offline" }));
        return;
      case "arrives": {
        const { item, patienceMs } = event.arrival;
        waiting.set(item.interactionId, event.arrival);
        if (patienceMs !== null) agenda.add(at + patienceMs, { kind: "leaves", arrival: event.arrival });
        return;
      }
      case "leaves":
        if (waiting.delete(event.arrival.item.interactionId)) note(event.arrival, { abandonedAt: at });
        return;
      case "ends": {
        const { kind } = event.arrival.item;
        note(event.arrival, { endedAt: at });
        change(event.agentId, (a) => ({
          ...a,
          idleSince: at,
          carries: { ...a.carries, [kind]: a.carries[kind] - 1 },
        }));
        return;
      }
      case "look":
        look = Infinity;
    }
  }

  function serve(at: number): void {
    const line = [...waiting.values()].map((a) => a.item);
    const { decisions, lookAgainAt } = route({ waiting: line, agents: [...free.values()], rules, now: at });
    for (const { interactionId, agentId } of decisions) {
      const arrival = agentId === null ? undefined : waiting.get(interactionId);
      if (agentId === null || !arrival) continue;
      waiting.delete(interactionId);
      note(arrival, { answeredAt: at, agentId });
      const { kind } = arrival.item;
      change(agentId, (a) => ({
        ...a,
        idleSince: at,
        offeredAt: at,
        carries: { ...a.carries, [kind]: a.carries[kind] + 1 },
      }));
      agenda.add(at + arrival.handleMs, { kind: "ends", arrival, agentId });
    }
    if (lookAgainAt !== null && lookAgainAt < look) {
      look = lookAgainAt;
      agenda.add(look, { kind: "look" });
    }
  }

  function change(userId: string, by: (agent: RoutableAgent) => RoutableAgent): void {
    const agent = agents.get(userId);
    if (agent) put(by(agent));
  }

  function put(agent: RoutableAgent): void {
    agents.set(agent.userId, agent);
    const open =
      agent.state === "available" &&
      (["call", "chat", "mail"] as const).some((kind) => hasRoom(agent, rules.capacity, kind));
    if (open) free.set(agent.userId, agent);
    else free.delete(agent.userId);
  }

  function note(arrival: Arrival, change: Partial<Outcome>): void {
    const { interactionId } = arrival.item;
    outcomes.set(interactionId, { ...(outcomes.get(interactionId) ?? notYet(arrival.item)), ...change });
  }
}

const notYet = (item: WaitingItem): Outcome => ({
  interactionId: item.interactionId,
  arrivedAt: item.waitingSince,
  answeredAt: null,
  abandonedAt: null,
  endedAt: null,
  agentId: null,
});

const newcomer = (shift: Shift, at: number): RoutableAgent => ({
  userId: shift.userId,
  queueIds: shift.queueIds,
  skills: shift.skills,
  limits: shift.limits,
  state: "available",
  carries: { call: 0, chat: 0, mail: 0, idleChats: 0 },
  idleSince: at,
  offeredAt: at,
});

/** Events in order of time, then of being added. */
function openAgenda() {
  let count = 0;
  const events = heap<{ at: number; n: number; event: Event }>((a, b) => (a.at - b.at || a.n - b.n) < 0);
  return {
    add(at: number, event: Event): void {
      events.push({ at, n: count++, event });
    },
    next: () => events.pop(),
    peek: (): number | undefined => events.first()?.at,
  };
}
