import type { RoutableAgent, WaitingItem } from "./floor.ts";
import { heap } from "./heap.ts";
import { type Floor, route } from "./route.ts";
import type { Rules } from "./rules.ts";
import { type Presence, type Shift, simulatedAgents } from "./simulated-agents.ts";
import { waitingLines } from "./waiting-lines.ts";

export type { Shift } from "./simulated-agents.ts";

/** Work that comes in during a simulated day. Milliseconds. */
export interface Arrival {
  /** `interactionId` is of this arrival alone. */
  readonly item: WaitingItem;
  /** When it began to wait here; left out: `item.waitingSince`. */
  readonly arrivesAt?: number;
  /** When the router first sees it, because the queue is closed before; left out: at once. */
  readonly opensAt?: number;
  readonly handleMs: number;
  /** The customer leaves when nobody has answered by then, counted from the arrival; null: waits for ever. */
  readonly patienceMs: number | null;
  /** Work that is this agent's from the beginning, with room or without. */
  readonly takenBy?: string | undefined;
}

export interface Outcome {
  readonly interactionId: string;
  readonly arrivedAt: number;
  readonly answeredAt: number | null;
  readonly abandonedAt: number | null;
  readonly endedAt: number | null;
  readonly agentId: string | null;
  /** Offers that the agent let pass. */
  readonly missed: readonly { readonly userId: string; readonly at: number; readonly endedAt: number }[];
}

/** What an agent does with an offer. `backMs`: who has missed one may be asked again so long after. */
export type Answer =
  | { readonly kind: "takes"; readonly afterMs: number }
  | { readonly kind: "misses"; readonly afterMs: number; readonly backMs: number };

interface Simulation {
  readonly arrivals: readonly Arrival[];
  readonly shifts: readonly Shift[];
  readonly rules: Rules;
  /** Left out: everybody takes everything at once. `attempt`: how often this work was missed before. */
  readonly answer?: (o: { arrival: Arrival; userId: string; at: number; attempt: number }) => Answer;
  /** What comes of work that was done, or whose customer left: it may wait somewhere else next. */
  readonly next?: (arrival: Arrival, outcome: Outcome, at: number) => Arrival | null;
  readonly presence?: (presence: Presence) => void;
  /** Called now and then with the time that the day has come to. */
  readonly progress?: (at: number) => void;
}

type Event =
  | { readonly kind: "ends" | "answers"; readonly arrival: Arrival; readonly agentId: string }
  | { readonly kind: "misses"; readonly arrival: Arrival; readonly agentId: string; readonly backMs: number }
  | { readonly kind: "arrives" | "opens" | "leaves"; readonly arrival: Arrival }
  | { readonly kind: "begins" | "goes" | "back"; readonly shift: Shift }
  | { readonly kind: "look" };

const PROGRESS_EVERY = 500;
const AT_ONCE: Answer = { kind: "takes", afterMs: 0 };

/**
 * Runs a day through the router that the product uses. Who goes finishes what is in hand.
 * @returns one outcome for each arrival: those given, in their order, then those that `next` made
 */
export function simulate(o: Simulation): Outcome[] {
  const run = openRun(o);
  for (const shift of o.shifts) {
    run.agenda.add(shift.from, { kind: "begins", shift });
    run.agenda.add(shift.to, { kind: "goes", shift });
  }
  for (const arrival of o.arrivals) expect(run, arrival);
  let count = 0;
  for (let next = run.agenda.next(); next; next = run.agenda.next()) {
    const { at, event } = next;
    happen(run, event, at);
    if (++count % PROGRESS_EVERY === 0) o.progress?.(at);
    if (run.agenda.peek() !== at && run.waiting.size > 0 && run.agents.free.size > 0) serve(run, at);
  }
  return [...run.outcomes.values()];
}

interface Run {
  readonly o: Simulation;
  readonly agenda: ReturnType<typeof openAgenda>;
  readonly agents: ReturnType<typeof simulatedAgents>;
  readonly lines: ReturnType<typeof waitingLines>;
  readonly outcomes: Map<string, Outcome>;
  readonly waiting: Map<string, Arrival>;
  /** Who has been asked, while they have not answered. */
  readonly offered: Map<string, string>;
  /** When the router looks again because time alone changes something. */
  look: number;
}

const openRun = (o: Simulation): Run => ({
  o,
  agenda: openAgenda(),
  agents: simulatedAgents(o.rules.capacity, o.presence),
  lines: waitingLines(o.rules),
  outcomes: new Map(),
  waiting: new Map(),
  offered: new Map(),
  look: Infinity,
});

function expect(run: Run, arrival: Arrival): void {
  run.outcomes.set(arrival.item.interactionId, notYet(arrival));
  run.agenda.add(arrivalOf(arrival), { kind: "arrives", arrival });
}

function happen(run: Run, event: Event, at: number): void {
  switch (event.kind) {
    case "begins":
      run.agents.begins(event.shift, at);
      break;
    case "goes":
      run.agents.goes(event.shift, at);
      break;
    case "back":
      run.agents.isBack(event.shift, at);
      break;
    case "arrives":
      arrive(run, event.arrival, at);
      break;
    case "opens":
      if (outcomeOf(run, event.arrival).abandonedAt === null) wait(run, event.arrival);
      break;
    case "leaves":
      leave(run, event.arrival, at);
      break;
    case "answers":
      if (run.offered.delete(event.arrival.item.interactionId)) takes(run, event, at);
      break;
    case "misses":
      miss(run, event, at);
      break;
    case "ends":
      end(run, event, at);
      break;
    case "look":
      run.look = Infinity;
  }
}

function arrive(run: Run, arrival: Arrival, at: number): void {
  const { patienceMs, takenBy, opensAt, item } = arrival;
  if (takenBy !== undefined) {
    run.agents.begin(takenBy, item.kind, at);
    takes(run, { arrival, agentId: takenBy }, at);
    return;
  }
  if (opensAt !== undefined && opensAt > at) run.agenda.add(opensAt, { kind: "opens", arrival });
  else wait(run, arrival);
  if (patienceMs !== null) run.agenda.add(at + patienceMs, { kind: "leaves", arrival });
}

function wait(run: Run, arrival: Arrival): void {
  run.waiting.set(arrival.item.interactionId, arrival);
  run.lines.add(arrival.item);
}

function unwait(run: Run, { item }: Arrival): void {
  if (run.waiting.delete(item.interactionId)) run.lines.remove(item);
}

function leave(run: Run, arrival: Arrival, at: number): void {
  const { interactionId, kind } = arrival.item;
  if (outcomeOf(run, arrival).answeredAt !== null) return;
  const asked = run.offered.get(interactionId);
  if (asked === undefined) unwait(run, arrival);
  else {
    run.offered.delete(interactionId);
    run.agents.letsGo(asked, kind, at);
  }
  note(run, arrival, { abandonedAt: at });
  follow(run, arrival, at);
}

interface Work {
  readonly arrival: Arrival;
  readonly agentId: string;
}

function takes(run: Run, { arrival, agentId }: Work, at: number): void {
  note(run, arrival, { answeredAt: at, agentId });
  run.agents.takes(agentId, at);
  run.agenda.add(at + arrival.handleMs, { kind: "ends", arrival, agentId });
}

function miss(run: Run, { arrival, agentId, backMs }: Work & { backMs: number }, at: number): void {
  if (!run.offered.delete(arrival.item.interactionId)) return;
  const was = outcomeOf(run, arrival);
  const offeredAt = run.agents.get(agentId)?.offeredAt ?? at;
  note(run, arrival, { missed: [...was.missed, { userId: agentId, at: offeredAt, endedAt: at }] });
  run.agents.letsGo(agentId, arrival.item.kind, at);
  const shift = run.agents.misses(agentId, at);
  if (shift) run.agenda.add(at + backMs, { kind: "back", shift });
  wait(run, arrival);
}

function end(run: Run, { arrival, agentId }: Work, at: number): void {
  note(run, arrival, { endedAt: at });
  run.agents.letsGo(agentId, arrival.item.kind, at);
  follow(run, arrival, at);
}

function follow(run: Run, arrival: Arrival, at: number): void {
  const next = run.o.next?.(arrival, outcomeOf(run, arrival), at);
  if (next) expect(run, next);
}

function serve(run: Run, at: number): void {
  const { decisions, lookAgainAt } = route({ ...lookAt(run), rules: run.o.rules, now: at });
  for (const { interactionId, agentId } of decisions) {
    const arrival = agentId === null ? undefined : run.waiting.get(interactionId);
    if (agentId !== null && arrival) offer(run, { arrival, agentId }, at);
  }
  if (lookAgainAt !== null && lookAgainAt < run.look) {
    run.look = lookAgainAt;
    run.agenda.add(lookAgainAt, { kind: "look" });
  }
}

/** What is within reach of somebody with room. */
function lookAt({ agents, lines, o }: Run): Required<Pick<Floor, "waiting" | "agents" | "lengths">> {
  const reach = new Set([...agents.free.values()].flatMap((a) => a.queueIds));
  const within = [...o.rules.queues.values()].filter(
    (q) => reach.has(q.queueId) || q.overflow.some((f) => reach.has(f.queueId)),
  );
  const waiting = lines.heads(new Set(within.map((q) => q.queueId)));
  const asked = new Map<string, RoutableAgent>(agents.free);
  // For whom work is kept: it waits for them while they are there but full.
  for (const { transferredTo, lastAgentId, customerOwnerId } of waiting)
    for (const id of [transferredTo, lastAgentId, customerOwnerId]) {
      const agent = id === null ? undefined : agents.get(id);
      if (agent) asked.set(agent.userId, agent);
    }
  return { waiting, agents: [...asked.values()], lengths: lines.lengths() };
}

function offer(run: Run, { arrival, agentId }: Work, at: number): void {
  unwait(run, arrival);
  run.agents.asked(agentId, arrival.item.kind, at);
  const attempt = outcomeOf(run, arrival).missed.length;
  const answer = run.o.answer?.({ arrival, userId: agentId, at, attempt }) ?? AT_ONCE;
  if (answer.kind === "takes" && answer.afterMs === 0) {
    takes(run, { arrival, agentId }, at);
    return;
  }
  run.offered.set(arrival.item.interactionId, agentId);
  const event: Event =
    answer.kind === "takes"
      ? { kind: "answers", arrival, agentId }
      : { kind: "misses", arrival, agentId, backMs: answer.backMs };
  run.agenda.add(at + answer.afterMs, event);
}

const outcomeOf = (run: Run, arrival: Arrival): Outcome =>
  run.outcomes.get(arrival.item.interactionId) ?? notYet(arrival);

const note = (run: Run, arrival: Arrival, change: Partial<Outcome>): void =>
  void run.outcomes.set(arrival.item.interactionId, { ...outcomeOf(run, arrival), ...change });

const arrivalOf = ({ item, arrivesAt }: Arrival): number => arrivesAt ?? item.waitingSince;

const notYet = (arrival: Arrival): Outcome => ({
  interactionId: arrival.item.interactionId,
  arrivedAt: arrivalOf(arrival),
  answeredAt: null,
  abandonedAt: null,
  endedAt: null,
  agentId: null,
  missed: [],
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
