import { type CommandParsed, type Customer, findContacts, spellings } from "@tongdai/shared";
import type { Caller, Ctx } from "../../context.ts";
import { type CustomerSearch, searchCustomers } from "../../store/customers.ts";
import { sightOf } from "../access.ts";
import { page, readKey } from "../cursor.ts";
import { contactWord, searchWords } from "./folded.ts";
import { present } from "./get.ts";

/** Newest first. An empty query gives everybody; a phone number, an address or a vendor's id finds its owner. */
export async function search(
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<"customer.search">,
): Promise<{ customers: Customer[]; next: string | null }> {
  const after = readKey(input.cursor);
  const wanted = wantedBy(input.query.trim());
  if (!wanted) return { customers: [], next: null };
  const rows = await searchCustomers(ctx.store, {
    ...wanted,
    sight: sightOf(caller),
    after,
    limit: input.limit + 1,
  });
  const { items, next } = page(rows, input.limit, (r) => r.id);
  return { customers: await present(ctx, caller, items), next };
}

/** `null`: the query has no word in it (an emoji, say), and so nobody answers to it. */
function wantedBy(query: string): Pick<CustomerSearch, "words" | "exact"> | null {
  if (query === "") return { words: [], exact: null };
  const [contact] = findContacts(query);
  if (contact?.text === query)
    return { words: [], exact: { word: contactWord(contact), externalIds: spellings(contact) } };
  const words = searchWords(query);
  if (words.length === 0) return null;
  return { words, exact: /^\d{5,}$/.test(query) ? { word: null, externalIds: [query] } : null };
}
