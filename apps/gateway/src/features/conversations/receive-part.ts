import { cleanText } from "@tongdai/shared";
import { z } from "zod";
import type { InboundEvent } from "../../channels/channel.ts";
import type { Ctx } from "../../context.ts";
import { accountById } from "../../store/accounts.ts";
import type { Tx } from "../../store/index.ts";
import { fromJson } from "../../store/json.ts";
import { insertPart, type PartRow, partsOf, removeParts, showParts } from "../../store/message-parts.ts";
import { setTimer } from "../timers/index.ts";
import type { Inbound } from "./inbound-context.ts";
import { receiveMessage } from "./receive-message.ts";

/** The networks bring the parts of a text within minutes; what is missing by then is not waited for. */
const WAIT_MS = 10 * 60_000;
/** So long after a text is whole its parts may come once more, and the sender does not use their reference again. */
const KEEP_MS = 60 * 60_000;

type Set = Pick<PartRow, "account_id" | "sender" | "reference" | "total">;

/** A part of a customer's long text: the message is shown once all are there, or those that are when time is up. */
export async function receivePart(tx: Tx, ctx: Ctx, in_: Inbound<"message_part">): Promise<void> {
  const { account, event, receivedAt } = in_;
  const set: Set = {
    account_id: account.id,
    sender: event.from,
    reference: event.reference,
    total: event.total,
  };
  const text = kept(event.text);
  let known = await partsOf(tx, set);
  const same = known.find((p) => p.number === event.number);
  if (same?.text === text) return;
  // The reference begins anew with another text; what came of the one before is nobody's to throw away.
  if (same || known.some((p) => p.shown === 1)) {
    if (!known.some((p) => p.shown === 1)) await showRest(tx, ctx, account, known);
    await removeParts(tx, set);
    known = [];
  }
  const row = { ...set, number: event.number, text, received_at: receivedAt, shown: 0 };
  await insertPart(tx, row);
  const parts = [...known, row];
  if (parts.length === event.total) return show(tx, ctx, in_, parts);
  if (parts.length === 1) await setTimer(tx, ctx, { ...timerOf(set), dueAt: receivedAt + WAIT_MS });
}

/** Timer `message_parts`: what has come of a text that never became whole is shown; later the parts are forgotten. */
export async function lookAtParts(tx: Tx, ctx: Ctx, subjectId: string): Promise<void> {
  const [account_id, sender, reference, total] = Subject.parse(JSON.parse(subjectId));
  const set: Set = { account_id, sender, reference, total };
  const parts = await partsOf(tx, set);
  const account = await accountById(tx, account_id);
  if (!account || parts.length === 0 || parts.some((p) => p.shown === 1)) return removeParts(tx, set);
  await showRest(tx, ctx, account, parts);
}

/** As it is stored: half of a sign (an emoji that a telephone has cut in two) stands only in an escaped form in every database. */
const kept = (text: string): string => JSON.stringify(text);
const Kept = z.string();

/** Shows what is there of a text that has never become whole. */
async function showRest(
  tx: Tx,
  ctx: Ctx,
  account: Last["account"],
  parts: readonly PartRow[],
): Promise<void> {
  const [first] = parts as [PartRow];
  const { received_at: receivedAt, sender } = first;
  const { subjectId } = timerOf(first);
  const item = { accountExternalId: account.external_id, key: subjectId, at: null };
  const event = { from: sender, externalId: `${subjectId}:${receivedAt}` };
  await show(tx, ctx, { account, item, event, receivedAt }, parts);
}

const Subject = z.tuple([z.string(), z.string(), z.int(), z.int()]);

const timerOf = (s: Set) => ({
  kind: "message_parts",
  subjectId: JSON.stringify([s.account_id, s.sender, s.reference, s.total]),
});

/** In the place of a part that did not come. */
const MISSING = " […] ";

type Last = Pick<Inbound<"message">, "account" | "receivedAt"> & {
  readonly item: Omit<Inbound<"message">["item"], "event">;
  readonly event: { readonly from: string; readonly externalId: string };
};

async function show(tx: Tx, ctx: Ctx, last: Last, parts: readonly PartRow[]): Promise<void> {
  const [set] = parts as [PartRow];
  const text = Array.from({ length: set.total }, (_, i) => {
    const part = parts.find((p) => p.number === i + 1);
    return part ? fromJson(Kept, part.text) : MISSING;
  }).join("");
  const event: Extract<InboundEvent, { kind: "message" }> = {
    kind: "message",
    from: last.event.from,
    externalId: last.event.externalId,
    text: cleanText(text).trim(),
    attachments: [],
    replyToExternalId: null,
    extra: {},
    live: true,
  };
  await receiveMessage(tx, ctx, { ...last, item: { ...last.item, event }, event });
  await showParts(tx, set);
  await setTimer(tx, ctx, { ...timerOf(set), dueAt: last.receivedAt + KEEP_MS });
}
