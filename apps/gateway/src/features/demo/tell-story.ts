import type { Caller, Ctx } from "../../context.ts";
import { type ConversationView, conversationOfIdentity } from "../../store/conversations.ts";
import { customerById } from "../../store/customers.ts";
import { accountByExternalId } from "../../store/inbound.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";
import { handlers as customers } from "../customers/index.ts";
import { handlers as tickets } from "../tickets/index.ts";
import type { DemoPerson } from "./demo-file.ts";
import { keepFiles } from "./demo-letters.ts";
import { at, fixedId, hourOfDay, threadOf } from "./past.ts";
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
  const account = await accountByExternalId(ctx.store, person.channel, person.accountId);
  if (!account) throw new Error("the demo's accounts are not connected");
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
  const find = () =>
    conversationOfIdentity(ctx.store, account.id, telling.person.externalId, threadOf(telling));
  const known = await find();
  if (known) return known;
  const files = await keepFiles(
    ctx,
    telling.visits.flatMap(({ lines }) => lines),
  );
  await ctx.store.write((tx) => writeVisits(tx, ctx, { ...telling, account, files }));
  const made = await find();
  if (!made) throw new Error("a story was told and nobody remembers it");
  return made;
}

/** What the last agent wrote down about the customer. */
async function describe(ctx: Ctx, customerId: string, { story, visits, callers }: Telling): Promise<void> {
  const last = visits.at(-1);
  if (story.tags.length === 0 && Object.keys(story.attributes).length === 0) return;
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

/**
 * Puts the customers on one card whom the demo calls by one name, as an agent did who knew them again. Again: nothing.
 * @param tellings of one name, on several channels
 */
export async function linkOne(ctx: Ctx, tellings: readonly Telling[]): Promise<void> {
  const [first, ...others] = tellings;
  if (!first) return;
  const known = async (telling: Telling) => {
    const { channel, accountId, externalId } = telling.person;
    const account = await accountByExternalId(ctx.store, channel, accountId);
    const view =
      account && (await conversationOfIdentity(ctx.store, account.id, externalId, threadOf(telling)));
    return view && (await customerById(ctx.store, view.customer_id));
  };
  for (const other of others) {
    const [one, two] = [await known(first), await known(other)];
    const times = tellings.flatMap(({ visits }) => visits.map((v) => hourOfDay(ctx.clock.now(), v)));
    if (!one || !two || one.id === two.id) continue;
    const by = callerOf(first.callers, first.visits.at(-1)?.by ?? "");
    await customers["customer.link"](at(ctx, Math.max(...times) + 50 * MINUTE), by, {
      customerId: one.id,
      version: one.version,
      otherId: two.id,
      otherVersion: two.version,
    });
  }
}

function callerOf(callers: ReadonlyMap<string, Caller>, username: string): Caller {
  const caller = callers.get(username);
  if (!caller) throw new Error(`the demo has no ${username}`);
  return caller;
}
