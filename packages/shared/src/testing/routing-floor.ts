import type { RoutableAgent, WaitingItem } from "../domain/routing/floor.ts";
import type { QueueRule, Rules } from "../domain/routing/rules.ts";

/** The plainest queue: who is longest idle is asked, and nothing is kept for anybody. */
export const plainQueue: QueueRule = {
  queueId: "care",
  mode: "push",
  strategy: "longest_idle",
  priority: { base: 0, perMinute: 1, byTag: {}, byChannel: {}, byWindow: [] },
  rings: [{ afterMs: 0, needs: [], prefers: [] }],
  lastAgentMs: 0,
  ownerMs: 0,
  overflow: [],
};

/** One queue, and nothing that may interrupt anything. */
export const plainRules = (queue: Partial<QueueRule> = {}): Rules => ({
  queues: new Map([["care", { ...plainQueue, ...queue }]]),
  capacity: { idleChat: 1, interrupts: [] },
});

/** A chat of that queue that nothing is known of. */
export const plainChat: Omit<WaitingItem, "waitingSince"> = {
  interactionId: "i1",
  queueId: "care",
  channel: "facebook",
  kind: "chat",
  boost: 0,
  tags: [],
  windowClosesAt: null,
  lastAgentId: null,
  customerOwnerId: null,
  transferredTo: null,
  declinedBy: [],
};

/** There, and with nothing in hand. */
export const freeAgent: RoutableAgent = {
  userId: "an",
  queueIds: ["care"],
  skills: {},
  state: "available",
  limits: { call: 1, chat: 3, mail: 10 },
  carries: { call: 0, chat: 0, mail: 0, idleChats: 0 },
  idleSince: 5,
  offeredAt: 5,
};
