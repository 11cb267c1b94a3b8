import {
  AppError,
  type Card,
  type CommandParsed,
  type Customer,
  maskText,
  spreadEdit,
} from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { agentById } from "../../store/people.ts";
import { lookAtWaiting } from "../../store/routing.ts";
import { may } from "../access.ts";
import { rerank } from "../line/index.ts";
import { ownCard, shownCard } from "./card.ts";
import { customerSeenBy } from "./get.ts";
import { lockCards } from "./link.ts";
import { fullCustomer } from "./present.ts";
import { showOneTo } from "./reveal.ts";
import { saveCards } from "./save.ts";

type Input = CommandParsed<"customer.update">;

const MAX_ATTRIBUTES = 200;

/** Throws `conflict` when somebody changed the customer since the caller read it. */
export async function update(ctx: Ctx, caller: Caller, input: Input): Promise<Customer> {
  const customer = await ctx.store.write(async (tx) => {
    const card = await customerSeenBy(tx, caller, input.customerId);
    const members = await lockCards(tx, [card.id]);
    const was = members.find((m) => m.id === input.customerId && m.linked_to === null);
    if (!was) throw new AppError("conflict", "the customer shares another one's card by now");
    const before = shownCard(was);
    await assertOwner(tx, input.ownerId);
    const after = merged(before, input, may(caller, "customers.reveal"));
    // Whatever its version, a customer that is as asked for needs no change: the answer to a repeated command.
    if (JSON.stringify(after) === JSON.stringify(before)) return fullCustomer(tx, was);
    if (was.version !== input.version)
      throw new AppError("conflict", "the customer has changed meanwhile", { version: was.version });
    const saved = await saveCards(tx, {
      members,
      own: spreadEdit(members.map(ownCard), after),
      at: ctx.clock.now(),
      actorId: caller.userId,
    });
    // Tags give points, and an owner is asked first.
    await rerank(tx, { customerId: was.id });
    await lookAtWaiting(tx, { customerId: was.id });
    tx.afterCommit(ctx.wake.router);
    return saved;
  });
  return showOneTo(ctx, caller, customer);
}

/** Throws `not_found` for somebody who takes no part in the work. */
async function assertOwner(tx: Tx, ownerId: string | null | undefined): Promise<void> {
  if (ownerId && !(await agentById(tx, ownerId)))
    throw new AppError("not_found", "no such agent", { field: "ownerId" });
}

/** @param reveal whether the caller saw the values as they are: else a masked value that comes back means no change */
function merged(before: Card, input: Input, reveal: boolean): Card {
  const kept = (was: string | undefined, asked: string): string =>
    !reveal && was !== undefined && asked === maskText(was) ? was : asked;
  const attributes = new Map(Object.entries(before.attributes));
  for (const [name, value] of Object.entries(input.attributes ?? {})) {
    if (value === null) attributes.delete(name);
    else attributes.set(name, kept(attributes.get(name), value));
  }
  if (attributes.size > MAX_ATTRIBUTES)
    throw new AppError("invalid_input", "too many attributes", { field: "attributes", max: MAX_ATTRIBUTES });
  const tagBehind = new Map(before.tags.map((t) => [maskText(t), t]));
  return {
    name: input.name === undefined ? before.name : kept(before.name, input.name),
    attributes: Object.fromEntries(attributes),
    tags: input.tags ? [...new Set(input.tags.map((t) => kept(tagBehind.get(t), t)))] : before.tags,
    ownerId: input.ownerId === undefined ? before.ownerId : input.ownerId,
  };
}
