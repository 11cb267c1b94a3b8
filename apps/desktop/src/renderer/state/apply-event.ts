import {
  type Conversation,
  type EventData,
  isTimelineEvent,
  type JournalEvent,
  type Message,
  type TimelineEvent,
  timelineEntry,
} from "@tongdai/shared";
import { withOwnRights } from "./access.ts";
import { applyCallChanged } from "./calls.ts";
import { putConversation, removeConversation, setHeld, setMentioned } from "./conversations.ts";
import { addTimelineEntry, changeTimelineMessage, putCustomer } from "./customers.ts";
import { putDraft } from "./drafts.ts";
import type { PeopleSlice, State, Step } from "./model.ts";
import { withNotices } from "./notices.ts";
import { dropOutgoing } from "./outgoing.ts";
import { regroup } from "./regroup.ts";
import { put, without } from "./same.ts";
import { withSignature } from "./signatures.ts";
import { putMessage, putSteps, putThread } from "./threads.ts";
import { putTicket, putTicketComment } from "./tickets.ts";
import { setTyping } from "./typing.ts";

/** The state after one journal row. Gives back the very same state when the row says nothing new. */
export const applyEvent = (state: State, event: JournalEvent): State =>
  withTimeline(applied(state, event), event);

function applied(state: State, event: JournalEvent): State {
  switch (event.name) {
    case "message.created":
      return messageCreated(state, event.data);
    case "message.updated":
      return putMessage(state, event.data.message);
    case "conversation.updated":
      return putConversation(state, event.data.conversation);
    case "conversation.hidden":
      return removeConversation(state, event.data.conversationId);
    case "interaction.opened":
    case "interaction.deferred":
    case "interaction.offered":
    case "interaction.accepted":
    case "interaction.declined":
    case "interaction.missed":
    case "interaction.requeued":
    case "interaction.transferred":
    case "interaction.parked":
    case "interaction.unparked":
    case "interaction.ended":
    case "interaction.extended":
    case "interaction.resumed":
    case "interaction.closed":
    case "interaction.prioritised":
      return stepTaken(state, event.data.conversation, stepOf(event, event.data));
    case "queue_opening.changed":
      return setHeld(state, event.data);
    case "offer.made":
      return withOffers(state, put(state.offers, event.data.offer.id, event.data.offer));
    case "offer.ended":
      return withOffers(state, without(state.offers, event.data.offerId));
    case "call.changed":
      return applyCallChanged(state, event.data.call);
    case "mention.made":
      return setMentioned(state, event.data.conversationId, true);
    case "mention.seen":
      return setMentioned(state, event.data.conversationId, false);
    case "draft.saved":
      return putDraft(state, event.data.conversationId, event.data.draft);
    case "customer.created":
    case "customer.updated":
      return putCustomer(state, event.data.customer);
    case "customer.linked":
    case "customer.unlinked":
      return regroup(state, event.data, event.at);
    case "ticket.created":
    case "ticket.updated":
      return putTicket(state, event.data.ticket, event.at);
    case "ticket.commented":
      return putTicketComment(putTicket(state, event.data.ticket, event.at), event.data.comment);
    case "ticket_filter.saved":
      return withFilters(state, put(state.tickets.filters, event.data.filter.id, event.data.filter));
    case "ticket_filter.removed":
      return withFilters(state, without(state.tickets.filters, event.data.id));
    case "agent.changed":
      return withPeople(state, "agents", put(state.people.agents, event.data.agent.userId, event.data.agent));
    case "user.saved":
      return userSaved(state, event.data);
    case "queue.saved":
      return withPeople(state, "queues", put(state.people.queues, event.data.queue.id, event.data.queue));
    case "channel_account.changed":
      return withPeople(
        state,
        "accounts",
        put(state.people.accounts, event.data.account.id, event.data.account),
      );
    case "canned_reply.saved":
      return withPeople(
        state,
        "cannedReplies",
        put(state.people.cannedReplies, event.data.cannedReply.id, event.data.cannedReply),
      );
    case "signature.saved":
      return withSignature(state, event.data);
    case "hours.saved":
      return withPeople(state, "hours", put(state.people.hours, event.data.hours.id, event.data.hours));
    case "hours.removed":
      return withPeople(state, "hours", without(state.people.hours, event.data.id));
    case "role.saved":
      return withOwnRights(
        withPeople(state, "roles", put(state.people.roles, event.data.role.id, event.data.role)),
      );
    case "role.removed":
      return withPeople(state, "roles", without(state.people.roles, event.data.id));
    case "team.saved":
      return withPeople(state, "teams", put(state.people.teams, event.data.team.id, event.data.team));
    case "team.removed":
      return withPeople(state, "teams", without(state.people.teams, event.data.id));
    case "skill.saved":
      return withPeople(state, "skills", put(state.people.skills, event.data.skill.id, event.data.skill));
    case "skill.removed":
      return withPeople(state, "skills", without(state.people.skills, event.data.id));
    case "state_rules.saved":
      return withPeople(state, "stateRules", event.data.stateRules);
    case "capacity.saved":
      return withPeople(state, "capacity", event.data.capacity);
    case "webhook.changed": {
      const { id, webhook } = event.data;
      const { webhooks } = state.people;
      return withPeople(state, "webhooks", webhook ? put(webhooks, id, webhook) : without(webhooks, id));
    }
    case "session.ended":
    case "supervisor.acted":
    case "floor.defined":
    case "conversation.joined":
    case "conversation.departed":
    case "whisper.spoken":
    case "thresholds.saved":
      return state;
    case "agent.overstayed":
    case "agent.departed":
      return withNotices(state, [event]);
    case "canned_reply.removed":
      return withPeople(state, "cannedReplies", without(state.people.cannedReplies, event.data.id));
  }
}

function messageCreated(state: State, data: EventData<"message.created">): State {
  const shown = answered(putMessage(putConversation(state, data.conversation), data.message), data.message);
  const quiet =
    data.message.direction === "in" ? setTyping(shown, data.message.conversationId, null, false) : shown;
  return acknowledged(quiet, data.message);
}

/** Who answers has read: what was unread before the answer is not told apart any more. */
function answered(state: State, { conversationId, direction, at }: Message): State {
  const thread = state.threads[conversationId];
  const unread = thread?.messages.find((m) => m.id === thread.unreadFrom);
  return direction === "out" && unread && at >= unread.at
    ? putThread(state, conversationId, { unreadFrom: null })
    : state;
}

/** Our own words came back: the bubble that stood for them gives way to the message. */
export const acknowledged = (state: State, message: Message): State =>
  message.clientId === null ? state : dropOutgoing(state, message.clientId);

function stepTaken(state: State, conversation: Conversation, step: Step): State {
  return putSteps(putConversation(state, conversation), conversation.id, [step]);
}

const stepOf = (event: JournalEvent, data: EventData<"interaction.opened">): Step => ({
  seq: event.seq,
  at: event.at,
  name: event.name,
  actorId: event.actorId,
  userId: data.userId,
  reasons: data.reasons,
  note: data.note,
  disposition: data.disposition,
  form: data.form,
});

function customerOf({ data }: TimelineEvent): string {
  if ("customer" in data) return data.customer.id;
  if ("customers" in data) return data.customers[0]?.id ?? "";
  return "ticket" in data ? data.ticket.customerId : data.conversation.customerId;
}

function withTimeline(state: State, event: JournalEvent): State {
  if (event.name === "message.updated") return changeTimelineMessage(state, event.data.message);
  const customerId = isTimelineEvent(event) ? customerOf(event) : null;
  return isTimelineEvent(event) && customerId
    ? addTimelineEntry(state, customerId, timelineEntry(event))
    : state;
}

function userSaved(state: State, { user }: EventData<"user.saved">): State {
  const next = withPeople(state, "users", put(state.people.users, user.id, user));
  return next.session.me?.id === user.id && next !== state
    ? withOwnRights({ ...next, session: { ...next.session, me: user } })
    : next;
}

function withPeople<K extends keyof PeopleSlice>(state: State, key: K, value: PeopleSlice[K]): State {
  return state.people[key] === value ? state : { ...state, people: { ...state.people, [key]: value } };
}

const withOffers = (state: State, offers: State["offers"]): State =>
  offers === state.offers ? state : { ...state, offers };

const withFilters = (state: State, filters: State["tickets"]["filters"]): State =>
  filters === state.tickets.filters ? state : { ...state, tickets: { ...state.tickets, filters } };
