import {
  AppError,
  type CommandName,
  type CommandOutput,
  type CommandParsed,
  type Conversation,
  type Customer,
  commands,
  fold,
  type Interaction,
  type JournalEvent,
  type Message,
  type Ticket,
  urgency,
} from "@tongdai/shared";
import { type DataOf, event, id, lan } from "../builders.ts";
import type { World } from "./world.ts";

export interface Told {
  readonly output: unknown;
  readonly events: readonly JournalEvent[];
}

type Handlers = {
  [N in CommandName]?: (world: World, input: CommandParsed<N>, emit: Emit) => CommandOutput<N>;
};
export type Emit = <N extends JournalEvent["name"]>(name: N, data: DataOf<N>) => void;

const find = (world: World, conversationId: string): Conversation => {
  const found = world.conversations.get(conversationId);
  if (!found) throw new AppError("not_found", "conversation");
  return found;
};

const ofInteraction = (world: World, interactionId: string): [Conversation, Interaction] => {
  for (const c of world.conversations.values())
    if (c.interaction?.id === interactionId) return [c, c.interaction];
  throw new AppError("not_found", "interaction");
};

const step = (conversation: Conversation, note: string | null = null, userId: string | null = null) => ({
  conversation,
  reasons: [],
  userId,
  note,
  disposition: null,
  form: [],
});

function change(world: World, c: Conversation, interaction: Interaction | null): Conversation {
  const next = { ...c, interaction: interaction?.state === "closed" ? null : interaction };
  world.conversations.set(c.id, next);
  return next;
}

function add(world: World, emit: Emit, message: Message): Message {
  const c = find(world, message.conversationId);
  world.messages.set(c.id, [...(world.messages.get(c.id) ?? []), message]);
  const isNote = message.kind === "note";
  const next: Conversation = isNote
    ? c
    : {
        ...c,
        lastMessageAt: message.at,
        unread: message.direction === "in" ? c.unread + 1 : c.unread,
        lastInboundAt: message.direction === "in" ? message.at : c.lastInboundAt,
        preview: {
          text: message.text,
          direction: message.direction,
          attachment: null,
          authorId: message.author.kind === "agent" ? message.author.userId : null,
        },
      };
  world.conversations.set(c.id, next);
  emit("message.created", { message, conversation: next });
  return message;
}

let made = 0;
const ours = (clientId: string, conversationId: string, text: string): Message => ({
  id: id(900_000 + made++),
  conversationId,
  interactionId: null,
  clientId,
  kind: "message",
  direction: "out",
  author: { kind: "agent", userId: lan.id },
  text,
  attachments: [],
  replyTo: null,
  reactions: [],
  mentions: [],
  state: "sent",
  stateAt: Date.now(),
  error: null,
  event: null,
  revision: 0,
  at: Date.now(),
});

function listed(world: World, input: CommandParsed<"conversation.list">): Conversation[] {
  return [...world.conversations.values()]
    .filter((c) => {
      if (input.unread && c.unread === 0) return false;
      if (input.mentioned && !world.snapshot.mentions.includes(c.id)) return false;
      if (input.channel && c.channel !== input.channel) return false;
      if (input.view === "mine") return c.interaction?.ownerId === lan.id;
      if (input.view === "waiting") return c.interaction !== null && c.interaction.ownerId === null;
      return input.view === "all" || c.interaction !== null;
    })
    .sort((a, b) =>
      input.view === "all" || input.order === "newest"
        ? b.lastMessageAt - a.lastMessageAt
        : urgency(a) - urgency(b) || (a.id < b.id ? -1 : 1),
    );
}

const customerOf = (c: Conversation): Customer => ({
  id: c.customerId,
  name: c.customerName,
  attributes: { "Điện thoại": "0901 *** 567", "Địa chỉ": "25 ngõ 120 Trần Cung, Cầu Giấy, Hà Nội" },
  tags: ["VIP", "Bảo hành"],
  ownerId: null,
  identities: [
    {
      id: c.identityId,
      channel: c.channel,
      accountId: c.accountId,
      externalId: "7412589630001",
      displayName: c.customerName,
      avatarMediaId: null,
    },
  ],
  createdAt: c.lastMessageAt - 90 * 86_400_000,
  version: 1,
});

const pageSize = 50;

const picture = { kind: "image", name: "hinh.png", mime: "image/png", size: 10, thumbnail: false } as const;

function rangeOf(
  all: readonly Message[],
  input: CommandParsed<"conversation.messages">,
): [from: number, to: number] {
  if ("before" in input) return [Math.max(0, Number(input.before) - pageSize), Number(input.before)];
  if ("after" in input) return [Number(input.after), Math.min(all.length, Number(input.after) + pageSize)];
  const at = all.findIndex((m) => m.id === input.around);
  if (at < 0) throw new AppError("not_found", "message");
  return [Math.max(0, at - pageSize / 2), Math.min(all.length, at + pageSize / 2)];
}

const handlers: Handlers = {
  "sync.start"(world, { lastSeq }) {
    const headAt = world.journal.findLast((e) => e.seq === world.seq)?.at ?? null;
    const rest = { head: world.seq, headAt, serverTime: Date.now() };
    if (lastSeq !== null) return { mode: "replayed", ...rest };
    return { mode: "snapshot", ...rest, snapshot: world.snapshot, restored: false };
  },
  "conversation.list"(world, input) {
    const all = listed(world, input);
    const from = Number(input.cursor ?? 0);
    const conversations = all.slice(from, from + input.limit);
    const next = from + input.limit < all.length ? String(from + input.limit) : null;
    return { conversations, next };
  },
  "conversation.get"(world, { conversationId }) {
    const all = world.messages.get(conversationId) ?? [];
    const from = Math.max(0, all.length - pageSize);
    return {
      conversation: find(world, conversationId),
      messages: all.slice(from),
      before: from > 0 ? String(from) : null,
      draft: world.drafts.get(conversationId) ?? null,
    };
  },
  "conversation.messages"(world, input) {
    const all = world.messages.get(input.conversationId) ?? [];
    const [from, to] = rangeOf(all, input);
    return {
      messages: all.slice(from, to),
      before: from > 0 ? String(from) : null,
      after: to < all.length ? String(to) : null,
    };
  },
  "conversation.read"(world, { conversationId }, emit) {
    const conversation = { ...find(world, conversationId), unread: 0 };
    world.conversations.set(conversationId, conversation);
    emit("conversation.updated", { conversation });
    const { mentions } = world.snapshot;
    if (!mentions.includes(conversationId)) return {};
    world.snapshot = { ...world.snapshot, mentions: mentions.filter((m) => m !== conversationId) };
    emit("mention.seen", { conversationId });
    return {};
  },
  "conversation.search"(world, { query }) {
    const hits = [...world.messages.values()]
      .flat()
      .filter((m) => fold(m.text).includes(fold(query)))
      .sort((a, b) => b.at - a.at)
      .map((message) => ({ message, conversation: find(world, message.conversationId) }));
    return { hits: hits.slice(0, 50), next: null };
  },
  "customer.search"(world, { query, limit }) {
    const found = [...world.conversations.values()].filter((c) => fold(c.customerName).includes(fold(query)));
    return { customers: found.slice(0, limit).map(customerOf), next: null };
  },
  "customer.get"(world, { customerId }) {
    const found = [...world.conversations.values()].find((c) => c.customerId === customerId);
    if (!found) throw new AppError("not_found", "customer");
    return { customer: customerOf(found) };
  },
  "typing.set": () => ({}),
  "message.send"(world, { clientId, conversationId, text }, emit) {
    return { messages: [add(world, emit, ours(clientId, conversationId, text))] };
  },
  "note.add"(world, { clientId, conversationId, text, mentions }, emit) {
    const note: Message = {
      ...ours(clientId, conversationId, text),
      kind: "note",
      direction: "none",
      mentions,
    };
    return { message: add(world, emit, note) };
  },
  "message.resolve"(world, { messageId, action }, emit) {
    return { message: update(world, emit, messageId, { state: action === "discard" ? "removed" : "sent" }) };
  },
  "message.react"(world, { messageId, emoji }, emit) {
    const reactions = emoji ? [{ by: "us" as const, emoji, at: Date.now() }] : [];
    return { message: update(world, emit, messageId, { reactions }) };
  },
  "draft.save"(world, input, emit) {
    const isEmpty =
      input.text === "" && input.mediaIds.length === 0 && input.letter === null && !input.privately;
    const { mediaIds, ...written } = input;
    const media = mediaIds.map((mediaId) => ({ mediaId, ...picture }));
    const draft = isEmpty ? null : { ...written, media, savedAt: Date.now() };
    if (draft) world.drafts.set(input.conversationId, draft);
    else world.drafts.delete(input.conversationId);
    emit("draft.saved", { conversationId: input.conversationId, draft });
    return { draft };
  },
  "interaction.claim"(world, { interactionId }, emit) {
    const [c, i] = ofInteraction(world, interactionId);
    if (i.ownerId) throw new AppError("taken", "somebody was quicker");
    const next = { ...i, state: "active" as const, ownerId: lan.id, version: i.version + 1 };
    emit("interaction.accepted", step(change(world, c, next)));
    return { interaction: next };
  },
  "interaction.transfer"(world, { interactionId, note }, emit) {
    const [c, i] = ofInteraction(world, interactionId);
    const next = { ...i, state: "waiting" as const, ownerId: null, version: i.version + 1 };
    emit("interaction.transferred", step(change(world, c, next), note || null));
    return { interaction: next };
  },
  "interaction.park"(world, { interactionId, until, returnTo, note }, emit) {
    const [c, i] = ofInteraction(world, interactionId);
    const next = { ...i, state: "parked" as const, parked: { until, returnTo }, version: i.version + 1 };
    emit("interaction.parked", step(change(world, c, next), note || null));
    return { interaction: next };
  },
  "interaction.unpark"(world, { interactionId }, emit) {
    const [c, i] = ofInteraction(world, interactionId);
    const next = { ...i, state: "active" as const, parked: null, version: i.version + 1 };
    emit("interaction.unparked", step(change(world, c, next)));
    return { interaction: next };
  },
  "phone.register": (world) => ({ phone: world.phone }),
  "call.pad": (world) => world.pad,
  "call.dial": (world, input) => world.dial(input),
  "interaction.end"(world, { interactionId }, emit) {
    const [c, i] = ofInteraction(world, interactionId);
    const wrapUpUntil = Date.now() + 60_000;
    const next = { ...i, state: "wrap_up" as const, wrapUpUntil, version: i.version + 1 };
    emit("interaction.ended", step(change(world, c, next)));
    return { interaction: next };
  },
  "interaction.extend_wrap_up"(world, { interactionId }, emit) {
    const [c, i] = ofInteraction(world, interactionId);
    const wrapUpUntil = (i.wrapUpUntil ?? Date.now()) + 60_000;
    const next = { ...i, wrapUpUntil, extensions: i.extensions + 1, version: i.version + 1 };
    emit("interaction.extended", step(change(world, c, next)));
    return { interaction: next };
  },
  "interaction.close"(world, { interactionId, disposition, note }, emit) {
    const [c, i] = ofInteraction(world, interactionId);
    const next = { ...i, state: "closed" as const, disposition, version: i.version + 1 };
    emit("interaction.closed", { ...step(change(world, c, next), note || null), disposition });
    return { interaction: next, ticket: null };
  },
  "interaction.history": () => ({ entries: [] }),
  "offer.accept"(world, { offerId }, emit) {
    const offer = world.snapshot.offers.find((o) => o.id === offerId);
    if (!offer) throw new AppError("expired", "the offer is over");
    const [c, i] = ofInteraction(world, offer.interactionId);
    const next = { ...i, state: "active" as const, ownerId: lan.id, version: i.version + 1 };
    emit("interaction.accepted", step(change(world, c, next)));
    emit("offer.ended", { offerId, interactionId: i.id, outcome: "accepted" });
    return { interaction: next };
  },
  "offer.decline"(world, { offerId }, emit) {
    const offer = world.snapshot.offers.find((o) => o.id === offerId);
    if (offer) emit("offer.ended", { offerId, interactionId: offer.interactionId, outcome: "declined" });
    return {};
  },
  "agent.set_state"(world, { state, reason }, emit) {
    const old = world.snapshot.agents.find((a) => a.userId === lan.id);
    if (!old) throw new AppError("not_found", "agent");
    const agent = { ...old, state, reason: reason ?? null, since: Date.now() };
    emit("agent.changed", { agent });
    return { agent };
  },
  "ticket.create"(world, input, emit) {
    const [first] = world.conversations.values();
    const ticket: Ticket = {
      id: id(800_000 + world.tickets.size),
      number: 41 + world.tickets.size,
      subject: input.subject,
      status: "new",
      priority: input.priority,
      ownerId: input.ownerId,
      queueId: first?.queueId ?? id(0),
      customerId: input.customerId ?? first?.customerId ?? id(0),
      customerName: first?.customerName ?? "",
      dueAt: input.dueAt,
      interactionIds: input.interactionId ? [input.interactionId] : [],
      createdAt: Date.now(),
      updatedAt: Date.now(),
      version: 1,
    };
    world.tickets.set(ticket.id, ticket);
    emit("ticket.created", { ticket });
    return { ticket };
  },
  "ticket.list": (world) => ({ tickets: [...world.tickets.values()], next: null }),
  "customer.timeline": () => ({ entries: [], next: null }),
};

function update(world: World, emit: Emit, messageId: string, by: Partial<Message>): Message {
  for (const [c, all] of world.messages) {
    const old = all.find((m) => m.id === messageId);
    if (!old) continue;
    const next = { ...old, ...by };
    world.messages.set(
      c,
      all.map((m) => (m.id === messageId ? next : m)),
    );
    emit("message.updated", { message: next });
    return next;
  }
  throw new AppError("not_found", "message");
}

/** One command as the real gateway treats it: parsed, served once per client id, told to all. */
export function serve(world: World, name: CommandName, raw: unknown): Told {
  const input = commands[name].input.parse(raw);
  const key = "clientId" in input ? `${name} ${input.clientId}` : null;
  if (key && world.served.has(key)) return { output: world.served.get(key), events: [] };
  const events: JournalEvent[] = [];
  const emit: Emit = (eventName, data) => {
    const row = event(++world.seq, eventName, data);
    world.journal.push({ ...row, at: Date.now(), actorId: lan.id });
    events.push({ ...row, at: Date.now(), actorId: lan.id });
  };
  const handler = handlers[name] as ((w: World, i: unknown, e: Emit) => unknown) | undefined;
  if (!handler) throw new AppError("not_found", `the fake gateway does not know ${name}`);
  const output = handler(world, input, emit);
  if (key) world.served.set(key, output);
  return { output, events };
}
