import type { ChannelId, WorkKind } from "../../contract/channel-info.ts";
import type { Need } from "../../contract/needs.ts";
import type { Limits } from "../../contract/routing.ts";

/** Waiting work as the router sees it. Times in epoch milliseconds. */
export interface WaitingItem {
  readonly interactionId: string;
  readonly queueId: string;
  readonly channel: ChannelId;
  readonly kind: WorkKind;
  readonly waitingSince: number;
  /** Points that a supervisor added. */
  readonly boost: number;
  /** The customer's. */
  readonly tags: readonly string[];
  readonly windowClosesAt: number | null;
  readonly lastAgentId: string | null;
  /** The agent who looks after this customer. */
  readonly customerOwnerId: string | null;
  /** Set by a transfer to a person: nobody else may have it. */
  readonly transferredTo: string | null;
  /** Agents who declined it in this round. */
  readonly declinedBy: readonly string[];
  /** It rings at the agent's phone. */
  readonly rings?: boolean;
  /** Of its channel account, at any age; absent: none. */
  readonly needs?: readonly Need[];
}

/** What an agent carries now. Parked work is not counted. */
export interface Carries extends Readonly<Record<WorkKind, number>> {
  /** Of the chats, those whose customer owes the next word. */
  readonly idleChats: number;
}

export interface RoutableAgent {
  readonly userId: string;
  readonly queueIds: readonly string[];
  /** Level by skill, 1 to 5. */
  readonly skills: Readonly<Record<string, number>>;
  /** `available`, or why not: a state, or `lost` while no client of the agent is connected. */
  readonly state: string;
  readonly limits: Limits;
  readonly carries: Carries;
  /** When the agent was last offered work, took or finished some, or became available. */
  readonly idleSince: number;
  /** When the agent was last made an offer. */
  readonly offeredAt: number;
  /** A phone of theirs is registered. */
  readonly phone?: boolean;
}
