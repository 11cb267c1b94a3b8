import { AppError, type CommandOutput, type CommandParsed, maskText } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { setApart } from "../../store/clues.ts";
import { cardOf, homesOf, membersOf } from "../../store/customer-links.ts";
import type { Tx } from "../../store/index.ts";
import type { CustomerRow } from "../../store/schema.ts";
import { audit } from "../audit/index.ts";
import { formCard } from "./card.ts";
import { customerSeenBy } from "./get.ts";
import { assertVersion, idsOf, lockCards, tell } from "./link.ts";
import { fullCustomer } from "./present.ts";
import { showTo } from "./reveal.ts";

type Input = CommandParsed<"customer.unlink">;
type Output = CommandOutput<"customer.unlink">;

/**
 * Takes identities, and what came with them, out of a customer into one of their own. Throws `conflict` when somebody changed
 * the customer meanwhile, `not_found` for an identity of somebody else.
 */
export async function unlink(ctx: Ctx, caller: Caller, input: Input): Promise<Output> {
  const { customer, taken } = await ctx.store.write(async (tx) => {
    const card = await customerSeenBy(tx, caller, input.customerId);
    const homes = await homesOf(tx, input.identityIds);
    const done = await outAlready(tx, caller, { stays: card, homes });
    if (done) return done;
    const members = await lockCards(tx, [card.id]);
    const out = members.filter((m) => homes.includes(m.id));
    const stay = members.filter((m) => !homes.includes(m.id));
    if (out.length !== homes.length) throw new AppError("not_found", "no such identity of this customer");
    assertVersion(members, input.customerId, input.version);
    // Else the system would link them again the next time that it is certain.
    await setApart(tx, idsOf(stay), idsOf(out));
    const formed = [await formCard(tx, stay), await formCard(tx, out)] as const;
    const [customer, taken] = await tell(tx, ctx, {
      name: "customer.unlinked",
      by: caller,
      formed,
      gone: [],
    });
    if (!customer || !taken) throw new Error("cards that were just formed are there");
    await audit(tx, ctx, {
      by: caller,
      action: "customer.unlinked",
      target: formed[0].cardId,
      detail: { names: [customer.name, taken.name].map(maskText) },
    });
    return { customer, taken };
  });
  const [shown = customer, shownTaken = taken] = await showTo(ctx, caller, [customer, taken]);
  return { customer: shown, taken: shownTaken };
}

/** They have a card of their own already, by whomever: the answer to a repeated command. */
async function outAlready(
  tx: Tx,
  caller: Caller,
  o: { stays: CustomerRow; homes: readonly string[] },
): Promise<Output | null> {
  const [home] = o.homes;
  const cardId = home === undefined ? null : await cardOf(tx, home);
  if (cardId === null) throw new AppError("not_found", "no such identity of this customer");
  const members = await membersOf(tx, cardId);
  if (members.length !== o.homes.length || !members.every((id) => o.homes.includes(id))) return null;
  const taken = await customerSeenBy(tx, caller, cardId);
  return { customer: await fullCustomer(tx, o.stays), taken: await fullCustomer(tx, taken) };
}
