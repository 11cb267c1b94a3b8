import { type Agenda, openAgenda } from "./agenda.ts";
import type { RoutableAgent, WaitingItem } from "./floor.ts";
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
  /** When the queue ends the wait of whoever is not being asked just then; left out: never. */
  readonly waitEndsAt?: number | undefined;
  /** When it is put aside: after so much of its work, for so long. In order. */
  readonly parks?: readonly { readonly afterMs: number; readonly forMs: number }[];
  /** Work that is this agent's from the beginning, with room or without. */
  readonly takenBy?: string | undefined;
}

export interface Outcome {
  readonly interactionId: string;
  readonly arrivedAt: number;
  readonly answeredAt: number | null;
  readonly abandonedAt: number | null;
  /** It did not leave by itself: the queue ended its wait. */
  readonly isWaitEnded: boolean;
  readonly endedAt: number | null;
  /** Less than `handleMs` where its agent was not there when it came back from being parked. */
  readonly workedMs: number;
  readonly parkedMs: number;
  readonly agentId: string | null;
  /** Offers that the agent let pass, and those that were refused. */
  readonly missed: readonly PastOffer[];
  readonly declined: readonly PastOffer[];
}

interface PastOffer {
  readonly userId: string;
  readonly at: number;
  readonly endedAt: number;
}

/** What an agent does with an offer. `backMs`: who has missed one may be asked again so long after. */
export type Answer =
  | { readonly kind: "takes" | "declines"; readonly afterMs: number }
  | { readonly kind: "misses"; readonly afterMs: number; readonly backMs: number };

interface Simulation {
  readonly arrivals: readonly Arrival[];
  readonly shifts: readonly Shift[];
  readonly rules: Rules;
  /** Left out: everybody takes everything at once. `attempt`: how often this work was missed or declined before. */
  readonly answer?: (o: { arrival: Arrival; userId: string; at: number; attempt: number }) => Answer;
  /** What comes of work that was done, or whose customer left: it may wait somewhere else next. */
  readonly next?: (arrival: Arrival, outcome: Outcome, at: number) => Arrival | null;
  /** Whether parked work finds its agent there; left out: always. */
  readonly isThere?: (userId: string, at: number) => boolean;
  readonly presence?: (presence: Presence) => void;
  /** Called now and then with the time that the day has come to. */
  readonly progress?: (at: number) => void;
}

type Event =
  | { readonly kind: "ends" | "answers" | "declines"; readonly arrival: Arrival; readonly agentId: string }
  | {
      readonly kind: "parks" | "unparks";
      readonly arrival: Arrival;
      readonly agentId: string;
      readonly n: number;
    }
  | { readonly kind: "misses"; readonly arrival: Arrival; readonly agentId: string; readonly backMs: number }
  | { readonly kind: "arrives" | "opens" | "leaves" | "waitEnds" | "newRound"; readonly arrival: Arrival }
  | { readonly kind: "begins" | "goes" | "back"; readonly shift: Shift }
  | { readonly kind: "look" };

const PROGRESS_EVERY = 500;
/** Who has declined is asked again so much later. */
const ROUND_MS = 15_000;
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
  readonly agenda: Agenda<Event>;
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
  agenda: openAgenda<Event>(),
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
    case "declines":
      decline(run, event, at);
      break;
    case "newRound":
      newRound(run, event.arrival);
      break;
    case "waitEnds":
      endWait(run, event.arrival, at);
      break;
    case "parks":
      park(run, event, at);
      break;
    case "unparks":
      unpark(run, event, at);
      break;
    case "ends":
      end(run, event, at);
      break;
    case "look":
      run.look = Infinity;
  }
}

function arrive(run: Run, arrival: Arrival, at: number): void {
  const { patienceMs, takenBy, opensAt, item, waitEndsAt } = arrival;
  if (takenBy !== undefined) {
    run.agents.begin(takenBy, item.kind, at);
    takes(run, { arrival, agentId: takenBy }, at);
    return;
  }
  if (opensAt !== undefined && opensAt > at) run.agenda.add(opensAt, { kind: "opens", arrival });
  else wait(run, arrival);
  if (patienceMs !== null) run.agenda.add(at + patienceMs, { kind: "leaves", arrival });
  if (waitEndsAt !== undefined) run.agenda.add(waitEndsAt, { kind: "waitEnds", arrival });
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
  const { answeredAt, abandonedAt } = outcomeOf(run, arrival);
  if (answeredAt !== null || abandonedAt !== null) return;
  const asked = run.offered.get(interactionId);
  if (asked === undefined) unwait(run, arrival);
  else {
    run.offered.delete(interactionId);
    run.agents.letsGo(asked, kind, at);
  }
  note(run, arrival, { abandonedAt: at });
  follow(run, arrival, at);
}

/** Whoever is being asked about it has their say first. */
function endWait(run: Run, arrival: Arrival, at: number): void {
  if (!run.waiting.has(arrival.item.interactionId)) return;
  unwait(run, arrival);
  note(run, arrival, { abandonedAt: at, isWaitEnded: true });
  follow(run, arrival, at);
}

interface Work {
  readonly arrival: Arrival;
  readonly agentId: string;
}

function takes(run: Run, { arrival, agentId }: Work, at: number): void {
  note(run, arrival, { answeredAt: at, agentId });
  run.agents.takes(agentId, at);
  work(run, { arrival, agentId, n: 0 }, at);
}

/** Until it is put aside the `n`th time, or to its end. */
function work(run: Run, { arrival, agentId, n }: Work & { n: number }, at: number): void {
  const { handleMs, parks = [] } = arrival;
  const doneMs = parks[n - 1]?.afterMs ?? 0;
  const next = parks[n];
  if (next && next.afterMs <= handleMs)
    run.agenda.add(at + next.afterMs - doneMs, { kind: "parks", arrival, agentId, n });
  else run.agenda.add(at + handleMs - doneMs, { kind: "ends", arrival, agentId });
}

function park(run: Run, { arrival, agentId, n }: Work & { n: number }, at: number): void {
  run.agents.letsGo(agentId, arrival.item.kind, at);
  run.agenda.add(at + (arrival.parks?.[n]?.forMs ?? 0), { kind: "unparks", arrival, agentId, n });
}

/** With its agent again, whatever else they carry; who is not there has it no more. */
function unpark(run: Run, { arrival, agentId, n }: Work & { n: number }, at: number): void {
  const { parks = [], handleMs, item } = arrival;
  const parkedMs = outcomeOf(run, arrival).parkedMs + (parks[n]?.forMs ?? 0);
  const workedMs = parks[n]?.afterMs ?? 0;
  const isDone = workedMs >= handleMs && parks[n + 1] === undefined;
  if (isDone || run.o.isThere?.(agentId, at) === false) {
    note(run, arrival, { parkedMs, workedMs, endedAt: at });
    follow(run, arrival, at);
    return;
  }
  note(run, arrival, { parkedMs });
  run.agents.begin(agentId, item.kind, at);
  work(run, { arrival, agentId, n: n + 1 }, at);
}

function miss(run: Run, { arrival, agentId, backMs }: Work & { backMs: number }, at: number): void {
  if (!run.offered.delete(arrival.item.interactionId)) return;
  const { missed } = outcomeOf(run, arrival);
  note(run, arrival, { missed: [...missed, offerOf(run, agentId, at)] });
  run.agents.letsGo(agentId, arrival.item.kind, at);
  const shift = run.agents.misses(agentId, at);
  if (shift) run.agenda.add(at + backMs, { kind: "back", shift });
  waitAgain(run, arrival, at);
}

function decline(run: Run, { arrival, agentId }: Work, at: number): void {
  if (!run.offered.delete(arrival.item.interactionId)) return;
  const { declined } = outcomeOf(run, arrival);
  note(run, arrival, { declined: [...declined, offerOf(run, agentId, at)] });
  run.agents.letsGo(agentId, arrival.item.kind, at);
  const declinedBy = [...arrival.item.declinedBy, agentId];
  waitAgain(run, { ...arrival, item: { ...arrival.item, declinedBy } }, at);
  run.agenda.add(at + ROUND_MS, { kind: "newRound", arrival });
}

function newRound(run: Run, { item }: Arrival): void {
  const waiting = run.waiting.get(item.interactionId);
  if (!waiting) return;
  unwait(run, waiting);
  wait(run, { ...waiting, item: { ...waiting.item, declinedBy: [] } });
}

/** The queue's steps that fell into an offer are looked at when it has come to nothing. */
function waitAgain(run: Run, arrival: Arrival, at: number): void {
  wait(run, arrival);
  if (arrival.waitEndsAt !== undefined && arrival.waitEndsAt <= at) endWait(run, arrival, at);
}

const offerOf = (run: Run, userId: string, endedAt: number): PastOffer => ({
  userId,
  at: run.agents.get(userId)?.offeredAt ?? endedAt,
  endedAt,
});

function end(run: Run, { arrival, agentId }: Work, at: number): void {
  note(run, arrival, { endedAt: at, workedMs: arrival.handleMs });
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
  const was = outcomeOf(run, arrival);
  const attempt = was.missed.length + was.declined.length;
  const answer = run.o.answer?.({ arrival, userId: agentId, at, attempt }) ?? AT_ONCE;
  if (answer.kind === "takes" && answer.afterMs === 0) {
    takes(run, { arrival, agentId }, at);
    return;
  }
  run.offered.set(arrival.item.interactionId, agentId);
  run.agenda.add(at + answer.afterMs, eventOf(answer, { arrival, agentId }));
}

function eventOf(answer: Answer, work: Work): Event {
  if (answer.kind === "misses") return { kind: "misses", ...work, backMs: answer.backMs };
  return { kind: answer.kind === "takes" ? "answers" : "declines", ...work };
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
  isWaitEnded: false,
  endedAt: null,
  workedMs: 0,
  parkedMs: 0,
  agentId: null,
  missed: [],
  declined: [],
});
