import type {
  AgentState,
  ChannelAccount,
  Conversation,
  Customer,
  Interaction,
  Message,
  Queue,
  Ticket,
  TicketComment,
  User,
} from "@tongdai/shared";
import { acknowledged } from "./apply-event.ts";
import { putConversation, putFetched } from "./conversations.ts";
import { putCustomer } from "./customers.ts";
import type { State } from "./model.ts";
import { put } from "./same.ts";
import { tableGet } from "./table.ts";
import { putMessage } from "./threads.ts";
import { putTicket, putTicketComment } from "./tickets.ts";

/** What an answer may tell of things that the journal tells of too. */
export interface Told {
  readonly conversation?: Conversation;
  readonly interaction?: Interaction;
  readonly message?: Message;
  readonly messages?: readonly Message[];
  readonly customer?: Customer;
  readonly ticket?: Ticket | null;
  readonly comment?: TicketComment;
  readonly agent?: AgentState;
  readonly user?: User;
  readonly queue?: Queue;
  readonly account?: ChannelAccount;
}

/** Takes in an answer at once instead of waiting for the journal to say the same. @param now for lists that look at deadlines */
export function learn(state: State, told: Told, now: number): State {
  let next = state;
  if (told.conversation) next = putFetched(next, told.conversation);
  if (told.interaction) next = putInteraction(next, told.interaction);
  const messages = [...(told.messages ?? []), ...(told.message ? [told.message] : [])];
  for (const message of messages) next = acknowledged(putMessage(next, message), message);
  if (told.customer) next = putCustomer(next, told.customer);
  if (told.ticket) next = putTicket(next, told.ticket, now);
  if (told.comment) next = putTicketComment(next, told.comment);
  return learnPeople(next, told);
}

function learnPeople(state: State, { agent, user, queue, account }: Told): State {
  const { people } = state;
  const next = {
    ...people,
    agents: agent ? put(people.agents, agent.userId, agent) : people.agents,
    users: user ? put(people.users, user.id, user) : people.users,
    queues: queue ? put(people.queues, queue.id, queue) : people.queues,
    accounts: account ? put(people.accounts, account.id, account) : people.accounts,
  };
  const unchanged =
    next.agents === people.agents &&
    next.users === people.users &&
    next.queues === people.queues &&
    next.accounts === people.accounts;
  return unchanged ? state : { ...state, people: next };
}

function putInteraction(state: State, interaction: Interaction): State {
  const conversation = tableGet(state.conversations, interaction.conversationId);
  if (!conversation) return state;
  const known = conversation.interaction;
  if (known?.id === interaction.id && known.version >= interaction.version) return state;
  const open = interaction.state === "closed" ? null : interaction;
  return putConversation(state, { ...conversation, interaction: open });
}
