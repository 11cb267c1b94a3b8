import {
  type AgentState,
  afterFinished,
  afterTaken,
  type CapacityRule,
  type Carries,
  type ChannelId,
  expectedWait,
  hasRoom,
  type Interaction,
  type JournalEvent,
  noPace,
  type Pace,
  type Reason,
  type WorkKind,
  whileWaiting,
  withOneMore,
} from "@tongdai/shared";

/** Work that is not closed. A conversation has at most one. */
export type Work = Pick<
  Interaction,
  "conversationId" | "queueId" | "state" | "ownerId" | "acceptedAt" | "heldUntil"
> & { readonly kind: WorkKind; readonly waitsForRoom: boolean };

export interface LinesState {
  /** Ids of the members by queue. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  readonly agents: readonly AgentState[];
  readonly work: readonly Work[];
  readonly capacity: CapacityRule;
  readonly paces: ReadonlyMap<string, Pace>;
  readonly kindOf: (channel: ChannelId) => WorkKind;
}

interface Line {
  readonly work: Map<string, Work>;
  members: readonly string[];
  pace: Pace;
  /** How many wait for room, for how long reckoned, and how many agents are there. */
  waiting: number;
  reckonedAt: number;
  there: number;
  /** Of the last piece that came. */
  kind: WorkKind;
}

/** What each queue's line depends on, kept up by what happens. */
export interface Lines {
  apply(event: JournalEvent): void;
  /** @param position 1: the next; by default of somebody who comes now */
  expectedWait(queueId: string, o: { now: number; position?: number }): number | null;
}

/** A free agent would have been asked: who is passed by for one of these waits for somebody to have room. */
const FOR_ROOM: readonly string[] = ["at_capacity", "agents_pick"];
const ENDS: readonly string[] = ["interaction.accepted", "interaction.requeued", "interaction.transferred"];
const isThere = (a: AgentState | undefined): boolean => a?.state === "available" || a?.state === "wrap_up";

export function openLines(from: LinesState): Lines {
  const agents = new Map(from.agents.map((a) => [a.userId, a]));
  const lines = new Map<string, Line>();
  const queueOf = new Map<string, string>();
  let queuesOfAgent = new Map<string, Line[]>();
  let { capacity } = from;

  for (const [queueId, members] of from.members) lineOf(queueId).members = members;
  for (const [queueId, pace] of from.paces) lineOf(queueId).pace = pace;
  indexMembers();
  for (const w of from.work) put(w.conversationId, w, 0);

  function lineOf(queueId: string): Line {
    let line = lines.get(queueId);
    if (!line) {
      const none = { work: new Map(), members: [], pace: noPace, waiting: 0, reckonedAt: 0, there: 0 };
      line = { ...none, kind: "chat" };
      lines.set(queueId, line);
    }
    return line;
  }

  function indexMembers(): void {
    queuesOfAgent = new Map();
    for (const line of lines.values()) {
      line.there = line.members.filter((id) => isThere(agents.get(id))).length;
      for (const id of line.members) queuesOfAgent.set(id, [...(queuesOfAgent.get(id) ?? []), line]);
    }
  }

  /** Brings the pace up to this moment, before anything is different. */
  function reckon(line: Line, at: number): void {
    if (line.waiting > 0)
      line.pace = whileWaiting(line.pace, { agents: line.there, ms: at - line.reckonedAt });
    line.reckonedAt = Math.max(line.reckonedAt, at);
  }

  function put(conversationId: string, now: Work | null, at: number): void {
    const queueId = queueOf.get(conversationId);
    const was = queueId === undefined ? undefined : lines.get(queueId)?.work.get(conversationId);
    if (was && queueId !== undefined) {
      const line = lineOf(queueId);
      reckon(line, at);
      if (waitsForRoom(was)) line.waiting--;
      if (was.waitsForRoom && now?.state === "active") line.pace = afterTaken(line.pace);
      if (was.ownerId !== null && (now?.ownerId !== was.ownerId || now.state === "parked"))
        finished(line, was, at);
      line.work.delete(conversationId);
      queueOf.delete(conversationId);
    }
    if (!now) return;
    const line = lineOf(now.queueId);
    reckon(line, at);
    if (waitsForRoom(now)) line.waiting++;
    line.work.set(conversationId, now);
    line.kind = now.kind;
    queueOf.set(conversationId, now.queueId);
  }

  function finished(line: Line, work: Work, at: number): void {
    const limit = agents.get(work.ownerId ?? "")?.limits[work.kind] ?? 1;
    if (work.acceptedAt !== null)
      line.pace = afterFinished(line.pace, (at - work.acceptedAt) / Math.max(1, limit));
  }

  function agentChanged(agent: AgentState, at: number): void {
    const by = Number(isThere(agent)) - Number(isThere(agents.get(agent.userId)));
    agents.set(agent.userId, agent);
    if (by === 0) return;
    for (const line of queuesOfAgent.get(agent.userId) ?? []) {
      reckon(line, at);
      line.there += by;
    }
  }

  function waitingNow(line: Line, now: number): number {
    let waiting = 0;
    for (const w of line.work.values()) if (w.state === "waiting" && (w.heldUntil ?? 0) <= now) waiting++;
    return waiting;
  }

  /** More pieces of a kind that those who are there can take at once. */
  function roomIn(line: Line): number {
    let room = 0;
    for (const id of line.members) {
      const agent = agents.get(id);
      if (agent?.state !== "available") continue;
      let carries: Carries = { ...agent.carries, idleChats: 0 };
      while (hasRoom({ limits: agent.limits, carries }, capacity, line.kind)) {
        carries = withOneMore(carries, line.kind);
        room++;
      }
    }
    return room;
  }

  return {
    apply(event) {
      if (event.name === "agent.changed") agentChanged(event.data.agent, event.at);
      else if (event.name === "capacity.saved") capacity = event.data.capacity;
      else if (event.name === "queue.saved") {
        const line = lineOf(event.data.queue.id);
        reckon(line, event.at);
        line.members = event.data.queue.memberIds;
        indexMembers();
      } else if (event.name === "queue_opening.changed") {
        const { queueId, until } = event.data;
        const { work } = lineOf(queueId);
        for (const [id, w] of work) if (w.heldUntil !== null) work.set(id, { ...w, heldUntil: until });
      } else if ("conversation" in event.data && "reasons" in event.data) {
        const { conversation, reasons } = event.data;
        const { id, interaction } = conversation;
        const was = lines.get(queueOf.get(id) ?? "")?.work.get(id);
        const work = interaction && {
          ...interaction,
          acceptedAt: begunAt(interaction, was),
          kind: from.kindOf(interaction.channel),
          waitsForRoom: waits(event.name, reasons, was?.waitsForRoom ?? false),
        };
        put(id, work, event.at);
      }
    },
    expectedWait(queueId, { now, position }) {
      const line = lines.get(queueId);
      if (!line) return null;
      reckon(line, now);
      return expectedWait({
        position: position ?? waitingNow(line, now) + 1,
        agents: line.there,
        // Who waits although somebody has room waits for something else.
        room: position === undefined ? roomIn(line) : 0,
        pace: line.pace,
      });
    },
  };
}

/** What is parked is done as far as agents' time goes; when it comes back nobody counts what is left of it. */
function begunAt(now: Interaction, was: Work | undefined): number | null {
  const wasParked = was?.state === "parked" || (was?.state === "active" && was.acceptedAt === null);
  return wasParked && now.ownerId === was.ownerId ? null : now.acceptedAt;
}

const waitsForRoom = (w: Work): boolean => w.waitsForRoom && w.state === "waiting";

/** Whether work was found to wait for room, and has neither been taken nor moved since. */
function waits(name: JournalEvent["name"], reasons: readonly Reason[], before: boolean): boolean {
  if (name === "interaction.deferred") return reasons.some((r) => FOR_ROOM.includes(r.code));
  return before && !ENDS.includes(name);
}
