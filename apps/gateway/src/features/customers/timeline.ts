import type { CommandParsed, Conversation } from "@tongdai/shared";
import { type EventName, events, type JournalEvent, splitText, type TimelineEntry } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { messagesNow, type TimelineRow, timelineRows } from "../../store/timeline.ts";
import { sightOf } from "../access.ts";
import { page, readNumber } from "../cursor.ts";
import { customerSeenBy } from "./get.ts";
import { maskText } from "./mask.ts";

/** What of the journal means something to people. */
const told = [
  "message.created",
  "interaction.opened",
  "interaction.accepted",
  "interaction.transferred",
  "interaction.requeued",
  "interaction.closed",
  "ticket.created",
  "ticket.updated",
  "ticket.commented",
  "customer.updated",
] as const satisfies EventName[];
type Told = Extract<JournalEvent, { name: (typeof told)[number] }>;

const SUMMARY = 200;

/** Newest first. The caller's own queues and interactions, and every ticket of the customer. */
export async function timeline(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"customer.timeline">,
): Promise<{ entries: TimelineEntry[]; next: string | null }> {
  const before = readNumber(input.cursor);
  await customerSeenBy(ctx.store, caller, input.customerId);
  const rows = await timelineRows(ctx.store, {
    customerId: input.customerId,
    names: told,
    sight: sightOf(caller),
    before,
    limit: input.limit + 1,
  });
  const { items, next } = page(rows, input.limit, (r) => String(r.seq));
  const parsed = items.map((row) => ({ row, event: parse(row) }));
  const ids = parsed.flatMap(({ event }) => (event.name === "message.created" ? event.data.message.id : []));
  const now = new Map((await messagesNow(ctx.store, ids)).map((m) => [m.id, m]));
  return {
    entries: parsed.map(({ row, event }) => {
      const message = event.name === "message.created" ? now.get(event.data.message.id) : undefined;
      const text = message?.state === "removed" ? "" : message?.text;
      return entry(row, event, text);
    }),
    next,
  };
}

/** The journal's stored JSON, by the schema that it was written with. */
function parse(row: TimelineRow): Told {
  const name = told.find((n) => n === row.name);
  if (!name) throw new Error(`the timeline does not tell ${row.name}`);
  const data = events[name].parse(JSON.parse(row.data));
  return { seq: row.seq, at: row.at, name, actorId: row.actor_id, data } as Told;
}

/** @param text of a message as it is now */
function entry(row: TimelineRow, event: Told, text: string | undefined): TimelineEntry {
  const base = {
    seq: row.seq,
    at: row.at,
    name: row.name,
    actorId: row.actor_id,
    ...nowhere,
    interactionId: row.interaction_id,
  };
  switch (event.name) {
    case "message.created": {
      const { message, conversation } = event.data;
      const summary = text === "" ? (message.attachments[0]?.name ?? "") : (text ?? message.text);
      const happened = message.event?.name ?? "";
      return {
        ...base,
        ...placeOf(conversation),
        interactionId: message.interactionId,
        summary: short(summary || happened),
        direction: message.direction,
      };
    }
    case "ticket.created":
    case "ticket.updated":
      return { ...base, ticketId: event.data.ticket.id, summary: short(event.data.ticket.subject) };
    case "ticket.commented":
      return { ...base, ticketId: event.data.ticket.id, summary: short(event.data.comment.text) };
    case "customer.updated":
      return { ...base, summary: short(maskText(event.data.customer.name)) };
    case "interaction.closed":
      return {
        ...base,
        ...placeOf(event.data.conversation),
        summary: short(row.disposition ?? event.data.note ?? ""),
      };
    case "interaction.opened":
    case "interaction.accepted":
    case "interaction.transferred":
    case "interaction.requeued":
      return { ...base, ...placeOf(event.data.conversation), summary: short(event.data.note ?? "") };
  }
}

const nowhere = { channel: null, conversationId: null, ticketId: null, direction: "none" } as const;

const placeOf = (c: Conversation) => ({ channel: c.channel, conversationId: c.id });

const short = (s: string): string => splitText(s.trim(), SUMMARY)[0] ?? "";
