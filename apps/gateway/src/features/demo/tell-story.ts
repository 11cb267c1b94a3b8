import type { Caller, Ctx } from "../../context.ts";
import { type ConversationView, conversationOfIdentity } from "../../store/conversations.ts";
import { customerById } from "../../store/customers.ts";
import { accountByExternalId } from "../../store/inbound.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";
import { handlers as customers } from "../customers/index.ts";
import { handlers as tickets } from "../tickets/index.ts";
import type { DemoPerson } from "./demo-file.ts";
import { at, fixedId, hourOfDay } from "./past.ts";
import type { PastVisit, Story, StoryTicket } from "./stories.ts";
import { interactionIdOf, writeVisits } from "./write-visits.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export interface Telling {
  readonly story: Story;
  readonly person: DemoPerson;
  /** Oldest first. */
  readonly visits: readonly PastVisit[];
  /** Its place among the stories: ids are made from it. */
  readonly index: number;
  /** The demo's people by username. */
  readonly callers: ReadonlyMap<string, Caller>;
}

/** Makes one customer with everything that happened before today. Doing it again changes nothing. */
export async function tellStory(ctx: Ctx, telling: Telling): Promise<void> {
  const { person, visits, index } = telling;
  const account = await accountByExternalId(ctx.store, "facebook", person.pageId);
  if (!account) throw new Error("the demo's pages are not connected");
  const conversation = await conversationOf(ctx, account, telling);
  await describe(ctx, conversation.customer_id, telling);
  for (const [n, visit] of visits.entries())
    if (visit.ticket) await makeTicket(ctx, telling, { visit, ticket: visit.ticket, n: index * 16 + n });
}

async function conversationOf(
  ctx: Ctx,
  account: ChannelAccountRow,
  telling: Telling,
): Promise<ConversationView> {
  const find = () => conversationOfIdentity(ctx.store, account.id, telling.person.psid);
  const known = await find();
  if (known) return known;
  await ctx.store.write((tx) => writeVisits(tx, ctx, { ...telling, account }));
  const made = await find();
  if (!made) throw new Error("a story was told and nobody remembers it");
  return made;
}

/** What the last agent wrote down about the customer. */
async function describe(ctx: Ctx, customerId: string, { story, visits, callers }: Telling): Promise<void> {
  const last = visits.at(-1);
  const row = await customerById(ctx.store, customerId);
  if (!last || !row) return;
  const time = hourOfDay(ctx.clock.now(), last) + 30 * MINUTE;
  await customers["customer.update"](at(ctx, time), callerOf(callers, last.by), {
    customerId,
    version: row.version,
    attributes: { ...story.attributes },
    tags: [...story.tags],
  });
}

async function makeTicket(
  ctx: Ctx,
  { callers }: Telling,
  { visit, ticket, n }: { visit: PastVisit; ticket: StoryTicket; n: number },
): Promise<void> {
  const now = ctx.clock.now();
  const caller = callerOf(callers, visit.by);
  const start = hourOfDay(now, visit) + 40 * MINUTE;
  const made = await tickets["ticket.create"](at(ctx, start), caller, {
    clientId: fixedId(2, n),
    interactionId: interactionIdOf(n),
    customerId: null,
    subject: ticket.subject,
    comment: "",
    priority: ticket.priority,
    ownerId: ticket.owner === null ? null : callerOf(callers, ticket.owner).userId,
    dueAt: ticket.dueInDays === null ? null : hourOfDay(now, { daysAgo: -ticket.dueInDays, hour: 17 }),
  });
  const { id: ticketId, version, status } = made.ticket;
  for (const [i, text] of ticket.comments.entries()) {
    const time = Math.min(start + (i + 1) * 0.4 * DAY, now);
    const clientId = fixedId(3, n * 16 + i);
    await tickets["ticket.comment"](at(ctx, Math.floor(time)), caller, { clientId, ticketId, text });
  }
  if (status === ticket.status) return;
  const { ticket: read } = await tickets["ticket.get"](ctx, caller, { ticketId });
  await tickets["ticket.update"](at(ctx, Math.max(start + MINUTE, read.updatedAt)), caller, {
    ticketId,
    version: Math.max(version, read.version),
    status: ticket.status,
  });
}

function callerOf(callers: ReadonlyMap<string, Caller>, username: string): Caller {
  const caller = callers.get(username);
  if (!caller) throw new Error(`the demo has no ${username}`);
  return caller;
}
