import type { WorkKind } from "../../contract/channel-info.ts";
import type { CapacityRule, Limits } from "../../contract/routing.ts";
import { hasRoom, withOneMore } from "./capacity.ts";
import type { RoutableAgent } from "./floor.ts";

/** A time in which somebody may be asked. Those of one person are in order and do not overlap. */
export interface Shift {
  readonly userId: string;
  readonly queueIds: readonly string[];
  readonly skills: Readonly<Record<string, number>>;
  readonly limits: Limits;
  readonly from: number;
  readonly to: number;
}

/** Somebody is there or not, and has work in hand or not. */
export interface Presence {
  readonly userId: string;
  readonly there: boolean;
  readonly busy: boolean;
  readonly at: number;
}

const KINDS: readonly WorkKind[] = ["call", "chat", "mail"];
const NOTHING = { call: 0, chat: 0, mail: 0, idleChats: 0 };

/** The agents of a simulated floor: who is there, what they carry, who has room. */
export function simulatedAgents(capacity: CapacityRule, presence: ((p: Presence) => void) | undefined) {
  const agents = new Map<string, RoutableAgent>();
  const shiftOf = new Map<string, Shift>();
  const free = new Map<string, RoutableAgent>();

  function put(agent: RoutableAgent, at: number): void {
    const was = agents.get(agent.userId);
    agents.set(agent.userId, agent);
    const [there, busy] = [agent.state === "available", isBusy(agent)];
    if (!was || there !== (was.state === "available") || busy !== isBusy(was))
      presence?.({ userId: agent.userId, there, busy, at });
    if (there && KINDS.some((kind) => hasRoom(agent, capacity, kind))) free.set(agent.userId, agent);
    else free.delete(agent.userId);
  }

  function change(userId: string, at: number, to: Partial<RoutableAgent>): void {
    const agent = agents.get(userId);
    if (agent) put({ ...agent, ...to }, at);
  }

  return {
    /** Those with room for something. */
    free: free as ReadonlyMap<string, RoutableAgent>,
    get: (userId: string) => agents.get(userId),
    begins(shift: Shift, at: number): void {
      const { userId, queueIds, skills, limits } = shift;
      shiftOf.set(userId, shift);
      const known = agents.get(userId) ?? absent(userId, at);
      put({ ...known, queueIds, skills, limits, state: "available", idleSince: at }, at);
    },
    goes({ userId }: Shift, at: number): void {
      shiftOf.delete(userId);
      change(userId, at, { state: "offline" });
    },
    /** Nobody answered: they are asked no more. @returns the shift in which they may be back */
    misses(userId: string, at: number): Shift | undefined {
      const shift = shiftOf.get(userId);
      if (shift) change(userId, at, { state: "missed" });
      return shift;
    },
    isBack(shift: Shift, at: number): void {
      if (shiftOf.get(shift.userId) === shift)
        change(shift.userId, at, { state: "available", idleSince: at });
    },
    asked(userId: string, kind: WorkKind, at: number): void {
      const agent = agents.get(userId);
      if (agent)
        put({ ...agent, idleSince: at, offeredAt: at, carries: withOneMore(agent.carries, kind) }, at);
    },
    takes: (userId: string, at: number): void => change(userId, at, { idleSince: at }),
    /** Work of their own, whether they have room or not, and are there or not. */
    begin(userId: string, kind: WorkKind, at: number): void {
      const agent = agents.get(userId) ?? absent(userId, at);
      put({ ...agent, carries: withOneMore(agent.carries, kind) }, at);
    },
    letsGo(userId: string, kind: WorkKind, at: number): void {
      const agent = agents.get(userId);
      if (!agent) return;
      const { carries } = agent;
      put({ ...agent, idleSince: at, carries: { ...carries, [kind]: carries[kind] - 1 } }, at);
    },
  };
}

const isBusy = ({ carries }: RoutableAgent): boolean => KINDS.some((kind) => carries[kind] > 0);

/** Somebody who is not asked for anything. */
const absent = (userId: string, at: number): RoutableAgent => ({
  userId,
  queueIds: [],
  skills: {},
  limits: { call: 0, chat: 0, mail: 0 },
  state: "offline",
  carries: NOTHING,
  idleSince: at,
  offeredAt: at,
});
