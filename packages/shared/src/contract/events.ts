import { z } from "zod";
import { Departure, Overstay } from "./agent-history.ts";
import { Call } from "./calls.ts";
import { ChannelAccount } from "./channel-info.ts";
import { Companion, Whisper } from "./company.ts";
import { CannedReply, Conversation, Draft, Message, Offer } from "./conversations.ts";
import { Customer, Regrouped } from "./customers.ts";
import { FloorChange, PackedFloor, SupervisorAct } from "./floor.ts";
import { Hours } from "./hours.ts";
import { AgentState, Queue, User } from "./people.ts";
import { Role } from "./permissions.ts";
import { ReportDefinition } from "./reports.ts";
import { Capacity, Reason, Skill } from "./routing.ts";
import { Id, Millis, Seq } from "./scalars.ts";
import { Signature } from "./signatures.ts";
import { StateRules } from "./state-rules.ts";
import { Team } from "./teams.ts";
import { QueueThresholds } from "./thresholds.ts";
import { Ticket, TicketComment, TicketFilter } from "./tickets.ts";
import { Webhook } from "./webhooks.ts";
import { FormAnswer } from "./wrap-up.ts";

/** A step in the life of an interaction carries the whole conversation as it now is, and why. */
const step = z.object({
  conversation: Conversation,
  /** For people: why this, why not that. */
  reasons: z.array(Reason),
  /** Whom the step concerns, where that is not the owner. */
  userId: Id.nullable(),
  note: z.string().nullable(),
  /** How it ended; only once it is closed by somebody. */
  disposition: z.string().nullable(),
  /** What was asked at wrap-up; only then. */
  form: z.array(FormAnswer).default([]),
});

/** Everything that changes: `noun.past` -> payload. Each event is the whole verdict; none has to be combined with another. */
export const events = {
  "message.created": z.object({ message: Message, conversation: Conversation }),
  "message.updated": z.object({ message: Message }),
  "conversation.updated": z.object({ conversation: Conversation }),
  /** The reader may no longer see this conversation. Sent only to those who lost sight of it. */
  "conversation.hidden": z.object({ conversationId: Id }),

  "interaction.opened": step,
  /** Nobody could be found now; `reasons` says why. Told once per change of reason. */
  "interaction.deferred": step,
  "interaction.offered": step,
  "interaction.accepted": step,
  "interaction.declined": step,
  "interaction.missed": step,
  "interaction.requeued": step,
  "interaction.transferred": step,
  "interaction.parked": step,
  /** Parked work is in its owner's hands again. */
  "interaction.unparked": step,
  "interaction.ended": step,
  /** The agent took more time to wrap up. */
  "interaction.extended": step,
  /** The customer wrote again while the agent wrapped up: the talk goes on. */
  "interaction.resumed": step,
  "interaction.closed": step,
  /** A supervisor lets it go ahead of others, or no longer. */
  "interaction.prioritised": step,
  /** What a queue holds while it is closed is held until another time; `null`: it may be offered from now on. */
  "queue_opening.changed": z.object({ queueId: Id, until: Millis.nullable() }),
  "conversation.joined": Companion,
  "conversation.departed": z.object({ conversationId: Id, userId: Id }),
  /** To the agent who has the work, and to supervisors. */
  "whisper.spoken": z.object({ whisper: Whisper }),
  "thresholds.saved": z.object({ queueId: Id, thresholds: QueueThresholds }),
  /** How the floor reads service level. */
  "floor.defined": z.object({ definition: ReportDefinition }),
  /** To the agent whom a supervisor's act concerns. */
  "supervisor.acted": z.object({
    act: SupervisorAct,
    agentId: Id,
    conversationId: Id.nullable(),
    note: z.string(),
  }),

  "offer.made": z.object({ offer: Offer }),
  "offer.ended": z.object({
    offerId: Id,
    interactionId: Id,
    outcome: z.enum(["accepted", "declined", "missed", "withdrawn"]),
  }),
  /** A call began, a leg of it moved, or it ended: the call as it is now. */
  "call.changed": z.object({ call: Call }),
  "mention.made": z.object({ conversationId: Id, messageId: Id, byId: Id }),
  /** The reader has seen every mention in this conversation: on this device or on another one. */
  "mention.seen": z.object({ conversationId: Id }),
  "draft.saved": z.object({ conversationId: Id, draft: Draft.nullable() }),

  "customer.created": z.object({ customer: Customer }),
  "customer.updated": z.object({ customer: Customer }),
  /** Two customers are one person, and have one card. */
  "customer.linked": Regrouped,
  /** Identities were taken out of a customer, and have a card of their own. */
  "customer.unlinked": Regrouped,

  "ticket.created": z.object({ ticket: Ticket }),
  "ticket.updated": z.object({ ticket: Ticket }),
  "ticket.commented": z.object({ ticket: Ticket, comment: TicketComment }),
  "ticket_filter.saved": z.object({ filter: TicketFilter }),
  "ticket_filter.removed": z.object({ id: Id }),

  "agent.changed": z.object({ agent: AgentState }),
  /** To the agent and to those who see the floor. */
  "agent.overstayed": Overstay,
  /** To those who see the floor. */
  "agent.departed": Departure,
  "user.saved": z.object({ user: User }),
  /** Of the reader: logged out, ended from another device or by an administrator. Every gateway closes their sockets. */
  "session.ended": z.object({ sessionIds: z.array(Id) }),
  "queue.saved": z.object({ queue: Queue }),
  "role.saved": z.object({ role: Role }),
  "role.removed": z.object({ id: Id }),
  "team.saved": z.object({ team: Team }),
  "team.removed": z.object({ id: Id }),
  "hours.saved": z.object({ hours: Hours }),
  "hours.removed": z.object({ id: Id }),
  "channel_account.changed": z.object({ account: ChannelAccount }),
  "canned_reply.saved": z.object({ cannedReply: CannedReply }),
  "canned_reply.removed": z.object({ id: Id }),
  /** To its person, or that of an account to everybody; `null`: there is none any more. */
  "signature.saved": z.object({ ownerId: Id, signature: Signature.nullable() }),
  "skill.saved": z.object({ skill: Skill }),
  "skill.removed": z.object({ id: Id }),
  "capacity.saved": z.object({ capacity: Capacity }),
  "state_rules.saved": z.object({ stateRules: StateRules }),
  /** To those who manage them; `null`: removed. */
  "webhook.changed": z.object({ id: Id, webhook: Webhook.nullable() }),
};

export type EventName = keyof typeof events;
export type EventData<N extends EventName> = z.infer<(typeof events)[N]>;

/** One journal row as a reader sees it. */
export type JournalEvent = {
  [N in EventName]: { seq: number; at: number; name: N; actorId: string | null; data: EventData<N> };
}[EventName];

/** The schema of `JournalEvent`: the client parses what it receives. */
export const JournalEventSchema = z
  .object({
    seq: Seq,
    at: Millis,
    name: z.enum(Object.keys(events) as [EventName, ...EventName[]]),
    actorId: Id.nullable(),
    data: z.unknown(),
  })
  .transform((e, ctx): JournalEvent => {
    const data = events[e.name].safeParse(e.data);
    if (data.success) return { ...e, data: data.data } as JournalEvent;
    ctx.addIssue({ code: "custom", message: `event ${e.name}: ${data.error.message}` });
    return z.NEVER;
  });

/** Facts that are true only now; never journaled, never replayed. */
export const ephemeral = {
  "typing.changed": z.object({
    conversationId: Id,
    /** `null`: the customer. */
    userId: Id.nullable(),
    on: z.boolean(),
  }),
  "floor.changed": z.union([FloorChange, PackedFloor]),
};
export type EphemeralName = keyof typeof ephemeral;
export type EphemeralData<N extends EphemeralName> = z.infer<(typeof ephemeral)[N]>;
