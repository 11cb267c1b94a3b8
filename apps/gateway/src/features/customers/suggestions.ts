import {
  AppError,
  ClueKind,
  ClueSource,
  type CommandParsed,
  type Customer,
  type Evidence,
  maskText,
  type Suggestion,
} from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { apartFrom, type ClueRow, cluesOf, setApart, sharersOf, unsetApart } from "../../store/clues.ts";
import { membersOf } from "../../store/customer-links.ts";
import { visibleCustomer } from "../../store/customers.ts";
import type { Queryable } from "../../store/index.ts";
import type { CustomerRow } from "../../store/schema.ts";
import { readingSightOf } from "../access.ts";
import { audit } from "../audit/index.ts";
import { customerSeenBy } from "./get.ts";
import { maskCustomer } from "./mask.ts";
import { fullCustomers } from "./present.ts";

const MOST_CLUES = 40;
/** What so many share, like the number of the house itself, says nothing of any. */
const MOST_SHARERS = 5;
const MOST_SUGGESTIONS = 5;

/** What a clue is worth: one of 2 is enough, of 1 it takes two. */
const worth: Record<ClueKind, number> = { phone: 3, email: 3, reference: 2, name: 1, attribute: 1 };
const ENOUGH = 2;

interface Candidate {
  readonly cardId: string;
  readonly evidence: Evidence[];
}

const weight = ({ evidence }: Candidate): number =>
  Object.entries(Object.groupBy(evidence, (e) => e.kind)).reduce(
    (sum, [kind]) => sum + worth[kind as ClueKind],
    0,
  );

/** Who may be the same person, and why it seems so; the likeliest first. Only who the caller may see. Addresses are masked. */
export async function suggestions(ctx: Ctx, caller: Caller, customerId: string): Promise<Suggestion[]> {
  const q = ctx.store;
  const card = await customerSeenBy(q, caller, customerId);
  const members = await membersOf(q, card.id);
  const candidates = (await candidatesOf(q, members))
    .filter((c) => weight(c) >= ENOUGH)
    .sort((a, b) => weight(b) - weight(a));
  const sight = await readingSightOf(q, caller);
  const found: { row: CustomerRow; evidence: Evidence[] }[] = [];
  for (const { cardId, evidence } of candidates) {
    const row = await visibleCustomer(q, cardId, sight);
    if (row) found.push({ row, evidence });
    if (found.length === MOST_SUGGESTIONS) break;
  }
  const customers: Customer[] = await fullCustomers(
    q,
    found.map((f) => f.row),
  );
  return customers.map((c, n) => ({ customer: maskCustomer(c), evidence: found[n]?.evidence ?? [] }));
}

async function candidatesOf(q: Queryable, members: readonly string[]): Promise<Candidate[]> {
  const apart = await apartFrom(q, members);
  const byCard = new Map<string, Candidate>();
  const ruledOut = new Set<string>();
  for (const clue of await cluesOf(q, members, MOST_CLUES)) {
    const sharers = await sharersOf(q, { clue, except: members, limit: MOST_SHARERS + 1 });
    if (sharers.length > MOST_SHARERS) continue;
    for (const sharer of sharers) {
      if (apart.has(sharer.home_id)) ruledOut.add(sharer.card_id);
      const known = byCard.get(sharer.card_id) ?? { cardId: sharer.card_id, evidence: [] };
      byCard.set(sharer.card_id, known);
      known.evidence.push(toEvidence(clue, sharer.source));
    }
  }
  return [...byCard.values()].filter((c) => !ruledOut.has(c.cardId));
}

const toEvidence = (clue: ClueRow, there: string): Evidence => ({
  kind: ClueKind.parse(clue.kind),
  value: maskText(clue.value),
  here: ClueSource.parse(clue.source),
  there: ClueSource.parse(there),
});

/** Somebody has looked and says that two are not the same person, or takes it back. */
export async function tellApart(
  ctx: Ctx,
  caller: Caller,
  { customerId, otherId, apart }: CommandParsed<"customer.tell_apart">,
): Promise<void> {
  await ctx.store.write(async (tx) => {
    const one = await customerSeenBy(tx, caller, customerId);
    const other = await customerSeenBy(tx, caller, otherId);
    if (one.id === other.id) throw new AppError("conflict", "they are linked by now");
    await (apart ? setApart : unsetApart)(tx, await membersOf(tx, one.id), await membersOf(tx, other.id));
    await audit(tx, ctx, {
      by: caller,
      action: apart ? "customer.told_apart" : "customer.not_told_apart",
      target: one.id,
      detail: { names: [one.name, other.name].map((name) => maskText(name)) },
    });
  });
}
