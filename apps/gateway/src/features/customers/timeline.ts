import {
  type CommandParsed,
  events,
  MessageState,
  maskText,
  splitText,
  type TimelineEntry,
  type TimelineEvent,
  timelineEntry,
  timelineEvents,
} from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { membersOf } from "../../store/customer-links.ts";
import { messagesNow, type TimelineRow, timelineRows } from "../../store/timeline.ts";
import { readingSightOf, ticketSightOf } from "../access.ts";
import { page, readNumber } from "../cursor.ts";
import { customerSeenBy } from "./get.ts";

const SUMMARY = 200;

/** Newest first: what happened in conversations and with tickets that the caller may see, and to the customer. */
export async function timeline(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"customer.timeline">,
): Promise<{ entries: TimelineEntry[]; next: string | null }> {
  const before = readNumber(input.cursor);
  const card = await customerSeenBy(ctx.store, caller, input.customerId);
  const rows = await timelineRows(ctx.store, {
    customerIds: await membersOf(ctx.store, card.id),
    names: timelineEvents,
    sight: await readingSightOf(ctx.store, caller),
    ticketSight: ticketSightOf(caller),
    before,
    limit: input.limit + 1,
  });
  const { items, next } = page(rows, input.limit, (r) => String(r.seq));
  const parsed = items.flatMap((row) => {
    const event = parse(ctx, row);
    return event ? [{ row, event }] : [];
  });
  const ids = parsed.flatMap(({ event }) => (event.name === "message.created" ? event.data.message.id : []));
  const now = new Map((await messagesNow(ctx.store, ids)).map((m) => [m.id, m]));
  return {
    entries: parsed.map(({ row, event }) => entry(row, asItIs(event, now))),
    next,
  };
}

/** The journal's stored JSON; a row that an older version wrote otherwise must not cost the reader all the others. */
function parse(ctx: Ctx, row: TimelineRow): TimelineEvent | null {
  try {
    const name = timelineEvents.find((n) => n === row.name);
    if (!name) throw new Error(`the timeline does not tell ${row.name}`);
    const data = events[name].parse(JSON.parse(row.data));
    return { seq: row.seq, at: row.at, name, actorId: row.actor_id, data } as TimelineEvent;
  } catch (err) {
    ctx.log.error(
      { err, seq: row.seq, event: row.name },
      "a journal row does not parse, left out of a timeline",
    );
    return null;
  }
}

type Now = Awaited<ReturnType<typeof messagesNow>>[number];

/** The journal keeps what was first said; edited and taken back messages are told as they are now. */
function asItIs(event: TimelineEvent, now: ReadonlyMap<string, Now>): TimelineEvent {
  if (event.name !== "message.created") return event;
  const found = now.get(event.data.message.id);
  if (!found) return event;
  const message = { ...event.data.message, text: found.text, state: MessageState.parse(found.state) };
  return { ...event, data: { ...event.data, message } };
}

function entry(row: TimelineRow, event: TimelineEvent): TimelineEntry {
  const told = timelineEntry(event);
  const summary = event.name.startsWith("customer.") ? maskText(told.summary) : told.summary;
  return { ...told, interactionId: row.interaction_id ?? told.interactionId, summary: short(summary) };
}

const short = (s: string): string => splitText(s.trim(), SUMMARY)[0] ?? "";
