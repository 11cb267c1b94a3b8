import { z } from "zod";
import { ChannelId } from "../../contract/channel-info.ts";
import type { EventName } from "../../contract/events.ts";
import { AgentStateName, AwayCode } from "../../contract/people.ts";
import { FormAnswer } from "../../contract/wrap-up.ts";

/** A journal row as far as reports read it. */
export interface ReportEntry {
  readonly seq: number;
  readonly at: number;
  readonly name: EventName;
  readonly actorId: string | null;
  readonly interactionId: string | null;
  readonly data: unknown;
}

type StepName = Extract<EventName, `interaction.${string}`>;

/** What reports take from a journal row. */
export type ReportEvent =
  | {
      readonly kind: "step";
      readonly name: StepName;
      readonly seq: number;
      readonly at: number;
      readonly actorId: string | null;
      readonly interactionId: string;
      readonly conversation: {
        readonly id: string;
        readonly channel: ChannelId;
        readonly customerId: string;
      };
      /** The interaction after the step; `null` once it is closed. */
      readonly now: {
        readonly queueId: string;
        readonly waitingSince: number;
        readonly ownerId: string | null;
      } | null;
      readonly userId: string | null;
      readonly reasons: readonly string[];
      readonly disposition: string | null;
      readonly form: readonly FormAnswer[];
    }
  | {
      readonly kind: "reply";
      readonly seq: number;
      readonly at: number;
      readonly interactionId: string;
    }
  | {
      readonly kind: "agent";
      readonly seq: number;
      readonly at: number;
      readonly userId: string;
      readonly state: AgentStateName;
      readonly reason: string | null;
      readonly busy: boolean;
      readonly actorId: string | null;
    };

/** The names of rows that say something to reports; all others may be skipped unread. */
export const reportEventNames: readonly EventName[] = [
  "interaction.opened",
  "interaction.offered",
  "interaction.accepted",
  "interaction.declined",
  "interaction.missed",
  "interaction.requeued",
  "interaction.transferred",
  "interaction.parked",
  "interaction.unparked",
  "interaction.ended",
  "interaction.resumed",
  "interaction.closed",
  "agent.changed",
  "message.created",
];

// Only what is needed, and tolerant: the journal keeps rows of every version that has written to it.
const Code = z.union([z.string(), z.object({ code: z.string() }).transform((r) => r.code)]);
const Step = z.object({
  conversation: z.object({
    id: z.string(),
    channel: ChannelId,
    customerId: z.string(),
    queueId: z.string(),
    interaction: z
      .object({ queueId: z.string(), waitingSince: z.number(), ownerId: z.string().nullable() })
      .nullable(),
  }),
  reasons: z.array(Code).default([]),
  userId: z.string().nullable().default(null),
  disposition: z.string().nullable().default(null),
  form: z.array(FormAnswer).catch([]).default([]),
});
const Reply = z.object({
  message: z.object({
    kind: z.literal("message"),
    direction: z.literal("out"),
    author: z.object({ kind: z.literal("agent") }),
    interactionId: z.string(),
  }),
});
const Agent = z.object({
  agent: z.object({
    userId: z.string(),
    state: AgentStateName,
    reason: AwayCode.nullable().catch("other"),
    load: z.number().optional(),
    carries: z.record(z.string(), z.number()).optional(),
  }),
});

/** `null`: the row says nothing to reports, or cannot be read. */
export function readReportEvent(entry: ReportEntry): ReportEvent | null {
  const { seq, at, name } = entry;
  if (name === "message.created") {
    // Only an agent's message has somebody who did it.
    const reply = entry.actorId === null ? null : Reply.safeParse(entry.data);
    return reply?.success
      ? { kind: "reply", seq, at, interactionId: reply.data.message.interactionId }
      : null;
  }
  if (name === "agent.changed") {
    const read = Agent.safeParse(entry.data);
    if (!read.success) return null;
    const { userId, state, reason, load, carries } = read.data.agent;
    const work = load ?? Object.values(carries ?? {}).reduce((sum, n) => sum + n, 0);
    return { kind: "agent", seq, at, userId, state, reason, busy: work > 0, actorId: entry.actorId };
  }
  return isStep(name) && entry.interactionId !== null ? readStep(entry, name, entry.interactionId) : null;
}

function readStep(entry: ReportEntry, name: StepName, interactionId: string): ReportEvent | null {
  const read = Step.safeParse(entry.data);
  if (!read.success) return null;
  const { conversation, userId, reasons, disposition, form } = read.data;
  return {
    kind: "step",
    name,
    seq: entry.seq,
    at: entry.at,
    actorId: entry.actorId,
    interactionId,
    conversation,
    // Work that is entered after it was done begins on a conversation that has none now.
    now:
      conversation.interaction ??
      (name === "interaction.opened" ? begun(conversation.queueId, entry.at) : null),
    userId,
    reasons,
    disposition,
    form,
  };
}

const isStep = (name: EventName): name is StepName => name.startsWith("interaction.");

const begun = (queueId: string, at: number) => ({ queueId, waitingSince: at, ownerId: null });
