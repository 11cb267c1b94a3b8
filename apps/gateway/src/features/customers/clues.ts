import {
  type Card,
  type ClueKind,
  type ClueSource,
  canonical,
  findContacts,
  findReferences,
  foldedWords,
} from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { apartFrom, type Clue, deleteCardClues, insertClue, sharersOf } from "../../store/clues.ts";
import { cardOf, membersOf } from "../../store/customer-links.ts";
import type { Tx } from "../../store/index.ts";
import { join, lockCards } from "./link.ts";

/** So many of a text or a card are kept. */
const MOST = 10;

type Found = readonly { readonly kind: ClueKind; readonly value: string }[];

/** Addresses and order numbers in what somebody wrote. */
function cluesIn(text: string): Found {
  if (!/[\d@]/.test(text)) return [];
  const contacts = findContacts(text).map((c) => ({ kind: c.kind, value: canonical(c) }));
  const references = findReferences(text).map((value) => ({ kind: "reference" as const, value }));
  return [...contacts, ...references].slice(0, MOST);
}

/** Keeps what a text tells of a customer. It proves nothing: anybody can write anybody's number. */
export async function noteText(
  tx: Tx,
  o: { homeId: string; text: string; source: ClueSource; at: number },
): Promise<void> {
  const { text, ...rest } = o;
  for (const clue of cluesIn(text)) await insertClue(tx, { ...rest, ...clue, proven: false });
}

/** A name says something only as a whole one. */
const nameClue = (name: string): Found => {
  const words = foldedWords(name);
  return words.length > 1 && !/\d/.test(name) ? [{ kind: "name", value: words.join(" ") }] : [];
};

/** Keeps what is said of a customer alone, in the place of what was said before. */
export async function noteCard(tx: Tx, o: { homeId: string; card: Card; at: number }): Promise<void> {
  const { card } = o;
  const texts = [card.name, ...Object.values(card.attributes)];
  const attributes = Object.entries(card.attributes)
    .filter(([, value]) => value.length >= 4 && cluesIn(value).length === 0)
    .map(([name, value]) => ({
      kind: "attribute" as const,
      value: foldedWords(`${name} ${value}`).join(" ").slice(0, 200),
    }));
  const found = [...texts.flatMap(cluesIn), ...nameClue(card.name), ...attributes].slice(0, 3 * MOST);
  await deleteCardClues(tx, o.homeId);
  for (const clue of found)
    await insertClue(tx, { ...clue, homeId: o.homeId, source: "card", proven: false, at: o.at });
}

/** An address that is theirs for certain: whoever else it is for certain is the same person, and is linked. */
export async function noteProven(
  tx: Tx,
  ctx: Ctx,
  o: Omit<Clue, "proven" | "value"> & { text: string },
): Promise<void> {
  const { text, ...rest } = o;
  if (o.kind !== "phone" && o.kind !== "email") return;
  const clue = { ...rest, value: canonical({ kind: o.kind, text }), proven: true };
  if (await insertClue(tx, clue)) await linkSharers(tx, ctx, clue);
}

/** A family of this many telephones is no person any more. */
const MOST_CERTAIN = 20;

async function linkSharers(tx: Tx, ctx: Ctx, clue: Clue): Promise<void> {
  const sharers = await sharersOf(tx, { clue, except: [clue.homeId], limit: MOST_CERTAIN });
  for (const sharer of sharers.filter((s) => s.proven === 1))
    await linkCertain(tx, ctx, { homeId: clue.homeId, otherHomeId: sharer.home_id, reason: clue.kind });
}

/** Links two who are one person for certain, unless somebody has said that they are not. */
export async function linkCertain(
  tx: Tx,
  ctx: Ctx,
  o: { homeId: string; otherHomeId: string; reason: string },
): Promise<void> {
  const mine = await cardOf(tx, o.homeId);
  const theirs = await cardOf(tx, o.otherHomeId);
  if (mine === null || theirs === null || mine === theirs) return;
  const apart = await apartFrom(tx, await membersOf(tx, mine));
  if ((await membersOf(tx, theirs)).some((id) => apart.has(id))) return;
  const members = await lockCards(tx, [mine, theirs]);
  await join(tx, ctx, { members, by: null, detail: { reason: o.reason } });
}
