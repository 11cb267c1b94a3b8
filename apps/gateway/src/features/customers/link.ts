import { AppError, type CommandParsed, type Customer, maskText } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { unsetApart } from "../../store/clues.ts";
import { membersOf } from "../../store/customer-links.ts";
import { customerById, lockCustomer } from "../../store/customers.ts";
import type { Tx } from "../../store/index.ts";
import { lookAtWaiting } from "../../store/routing.ts";
import type { CustomerRow } from "../../store/schema.ts";
import { type Actor, audit } from "../audit/index.ts";
import { rerank } from "../line/index.ts";
import { type Formed, formCard } from "./card.ts";
import { customerSeenBy } from "./get.ts";
import { fullCustomer } from "./present.ts";
import { showOneTo } from "./reveal.ts";
import { customerRooms } from "./rooms.ts";

/** Two customers become one. Throws `conflict` when somebody changed either since the caller read it. */
export async function link(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"customer.link">,
): Promise<Customer> {
  const customer = await ctx.store.write(async (tx) => {
    const one = await customerSeenBy(tx, caller, input.customerId);
    const other = await customerSeenBy(tx, caller, input.otherId);
    // Linked already, by whomever: the answer to a repeated command.
    if (one.id === other.id) return fullCustomer(tx, one);
    const members = await lockCards(tx, [one.id, other.id]);
    for (const [id, version] of [
      [input.customerId, input.version],
      [input.otherId, input.otherVersion],
    ] as const)
      assertVersion(members, id, version);
    const isOnes = (m: CustomerRow) => (m.linked_to ?? m.id) === one.id;
    await unsetApart(tx, idsOf(members.filter(isOnes)), idsOf(members.filter((m) => !isOnes(m))));
    return join(tx, ctx, { members, by: caller });
  });
  return showOneTo(ctx, caller, customer);
}

export const idsOf = (rows: readonly CustomerRow[]): string[] => rows.map((r) => r.id);

/** Links whom locked rows stand for, and tells. @param o.by `null`: the system is certain */
export async function join(
  tx: Tx,
  ctx: Ctx,
  o: { members: readonly CustomerRow[]; by: Actor | null; detail?: Readonly<Record<string, unknown>> },
): Promise<Customer> {
  const cards = o.members.filter((m) => m.linked_to === null);
  const formed = await formCard(tx, o.members);
  const gone = cards.map((c) => c.id).filter((id) => id !== formed.cardId);
  const [customer] = await tell(tx, ctx, { name: "customer.linked", by: o.by, formed: [formed], gone });
  if (!customer) throw new Error("a card that was just formed is there");
  await audit(tx, ctx, {
    by: o.by,
    action: "customer.linked",
    target: formed.cardId,
    detail: { names: cards.map((c) => maskText(c.name)), ...o.detail },
  });
  return customer;
}

/** Everybody on these cards, the oldest first, kept until the commit. Throws `conflict` when others regrouped them meanwhile. */
export async function lockCards(tx: Tx, cardIds: readonly string[]): Promise<CustomerRow[]> {
  const ids = (await Promise.all(cardIds.map((id) => membersOf(tx, id)))).flat().sort();
  const rows: CustomerRow[] = [];
  for (const id of ids) {
    const row = await lockCustomer(tx, id);
    if (row && cardIds.includes(row.linked_to ?? row.id)) rows.push(row);
  }
  const now = (await Promise.all(cardIds.map((id) => membersOf(tx, id)))).flat();
  if (rows.length !== ids.length || now.length !== ids.length) throw changed();
  return rows;
}

/** Of somebody whose card it is: whoever is linked to another has none to be read. */
export function assertVersion(members: readonly CustomerRow[], id: string, version: number): void {
  const row = members.find((m) => m.id === id);
  if (row?.linked_to !== null || row.version !== version) throw changed();
}

const changed = () => new AppError("conflict", "the customer has changed meanwhile");

export interface Regrouping {
  readonly name: "customer.linked" | "customer.unlinked";
  readonly by: Pick<Actor, "userId"> | null;
  readonly formed: readonly Formed[];
  readonly gone: readonly string[];
}

/** Tells all who see either card who is whom now, and lets the waiting work be looked at anew: tags give points, an owner is asked first. */
export async function tell(tx: Tx, ctx: Ctx, o: Regrouping): Promise<Customer[]> {
  const customers: Customer[] = [];
  const rooms = new Set<string>();
  for (const { cardId: id } of o.formed) {
    const row = await customerById(tx, id);
    if (row) customers.push(await fullCustomer(tx, row));
    for (const room of await customerRooms(tx, id)) rooms.add(room);
    await rerank(tx, { customerId: id });
    await lookAtWaiting(tx, { customerId: id });
  }
  const [first] = customers;
  tx.journal({
    name: o.name,
    at: ctx.clock.now(),
    actorId: o.by?.userId ?? null,
    scopes: [...rooms],
    data: { customers, gone: [...o.gone], tickets: o.formed.flatMap((f) => f.tickets) },
    ...(first ? { refs: { customerId: first.id } } : {}),
  });
  tx.afterCommit(ctx.wake.router);
  return customers;
}
