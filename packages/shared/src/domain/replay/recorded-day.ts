import type { WorkKind } from "../../contract/channel-info.ts";
import type { Hours, OutOfHours } from "../../contract/hours.ts";
import type { ReportSegment, ReportStretch } from "../../contract/reports.ts";
import type { AgentSkills, CapacityRule, Limits, QueueRules } from "../../contract/routing.ts";
import type { WaitRules } from "../../contract/wait-rules.ts";

/** A queue as it was on a day. */
export interface SetupQueue {
  readonly queueId: string;
  readonly memberIds: readonly string[];
  readonly offerSeconds: number;
  readonly rules: QueueRules;
  /** `null`: always open. */
  readonly hours: Pick<Hours, "timeZone" | "weekly" | "days"> | null;
  readonly waiting: WaitRules;
  readonly outOfHours: OutOfHours["action"];
}

export interface SetupAgent {
  readonly userId: string;
  readonly skills: AgentSkills;
  readonly limits: Limits;
}

/** What the router knew of a piece of work beside its facts. */
export interface KnownWork {
  readonly kind: WorkKind;
  readonly tags: readonly string[];
  readonly lastAgentId: string | null;
  readonly customerOwnerId: string | null;
  /** How long the channel lets us answer; `null`: any time. */
  readonly windowMs: number | null;
}

/** Everything that a day is run again from. It is plain data: it goes to a thread. */
export interface RecordedDay {
  readonly day: string;
  readonly timeZone: string;
  /** From (included) to (not), and when the facts were read. Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly at: number;
  /** Of the interactions that arrived within the day, all; and of those that were in hand or in line when it began. */
  readonly segments: readonly ReportSegment[];
  /** Who was there, from the day's beginning until some hours after its end. */
  readonly stretches: readonly ReportStretch[];
  /** By interaction. */
  readonly work: Readonly<Record<string, KnownWork>>;
  /** To whom a segment was handed by name, by the segment's id. */
  readonly handedTo: Readonly<Record<number, string>>;
  /** Segments whose wait the queue ended, by the segment's id. */
  readonly waitsEnded: Readonly<Record<number, true>>;
  /** When a segment's work was put aside and taken up again, by the segment's id; `null`: it still is aside. In order. */
  readonly parks: Readonly<Record<number, readonly { readonly from: number; readonly to: number | null }[]>>;
  readonly queues: readonly SetupQueue[];
  readonly agents: readonly SetupAgent[];
  readonly capacity: CapacityRule;
  /** Queues whose rules were saved within the day, and queues and people whose past nobody has recorded. */
  readonly rulesChanged: number;
  readonly asNow: number;
}
