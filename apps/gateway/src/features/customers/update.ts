import { AppError, type CommandParsed, type Customer, maskText } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { lockCustomer } from "../../store/customers.ts";
import type { Tx } from "../../store/index.ts";
import { agentById } from "../../store/people.ts";
import { lookAtWaiting } from "../../store/routing.ts";
import { may } from "../access.ts";
import { rerank } from "../line/index.ts";
import { customerWords, type Findable } from "./folded.ts";
import { customerSeenBy } from "./get.ts";
import { attributesOf, fullCustomer, tagsOf } from "./present.ts";
import { showOneTo } from "./reveal.ts";
import { saveCustomer } from "./save.ts";

type Input = CommandParsed<"customer.update">;

const MAX_ATTRIBUTES = 200;

/** Throws `conflict` when somebody changed the customer since the caller read it. */
export async function update(ctx: Ctx, caller: Caller, input: Input): Promise<Customer> {
  const customer = await ctx.store.write(async (tx) => {
    await customerSeenBy(tx, caller, input.customerId);
    const was = await lockCustomer(tx, input.customerId);
    if (!was) throw new AppError("not_found", "no such customer");
    const before = {
      name: was.name,
      attributes: attributesOf(was),
      tags: tagsOf(was),
      ownerId: was.owner_id,
    };
    await assertOwner(tx, input.ownerId);
    const after = merged(before, input, may(caller, "customers.reveal"));
    // Whatever its version, a customer that is as asked for needs no change: the answer to a repeated command.
    if (JSON.stringify(after) === JSON.stringify(before)) return fullCustomer(tx, was);
    if (was.version !== input.version)
      throw new AppError("conflict", "the customer has changed meanwhile", { version: was.version });
    const change = {
      name: after.name,
      attributes: JSON.stringify(after.attributes),
      tags: JSON.stringify(after.tags),
      owner_id: after.ownerId,
      folded: customerWords(after),
    };
    const saved = await saveCustomer(tx, was, { change, at: ctx.clock.now(), actorId: caller.userId });
    // Tags give points, and an owner is asked first.
    await rerank(tx, { customerId: was.id });
    await lookAtWaiting(tx, { customerId: was.id });
    tx.afterCommit(ctx.wake.router);
    return saved;
  });
  return showOneTo(ctx, caller, customer);
}

type Editable = Findable & { readonly ownerId: string | null };

/** Throws `not_found` for somebody who takes no part in the work. */
async function assertOwner(tx: Tx, ownerId: string | null | undefined): Promise<void> {
  if (ownerId && !(await agentById(tx, ownerId)))
    throw new AppError("not_found", "no such agent", { field: "ownerId" });
}

/** @param reveal whether the caller saw the values as they are: else a masked value that comes back means no change */
function merged(before: Editable, input: Input, reveal: boolean): Editable {
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
