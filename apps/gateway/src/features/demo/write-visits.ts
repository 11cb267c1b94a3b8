import { ChannelId, dispositionLeaves, type Reason } from "@tongdai/shared";
import type { KeptFile } from "../../channels/channel.ts";
import type { Ctx } from "../../context.ts";
import { newId } from "../../ids.ts";
import {
  type ConversationView,
  conversationById,
  insertConversation,
  updateConversation,
} from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { insertInteraction } from "../../store/interactions.ts";
import { insertMessage } from "../../store/messages.ts";
import type { ChannelAccountRow, InteractionRow, MessageRow } from "../../store/schema.ts";
import {
  foldedText,
  isUnsent,
  journalCreated,
  type LetterRow,
  messageRow,
  newConversation,
} from "../conversations/index.ts";
import { findOrCreateByIdentity, noteProven, noteText } from "../customers/index.ts";
import { journalStep, newInteraction, type StepEvent } from "../interactions/index.ts";
import { attachmentsFor, insertPictured } from "./demo-letters.ts";
import { at, fixedId, hourOfDay, letterId, PACE_MS, threadOf, type VisitTimes, visitTimes } from "./past.ts";
import { outcomes } from "./rules.ts";
import type { PastVisit } from "./stories.ts";
import type { Telling } from "./tell-story.ts";

const MINUTE = 60_000;

export const interactionIdOf = (n: number): string => fixedId(1, n);

type Place = Telling & {
  readonly account: ChannelAccountRow;
  /** On disk, by name. */
  readonly files: ReadonlyMap<string, KeptFile>;
};

/** A customer's visits as the rows and journal entries that they would have left, all closed. */
export async function writeVisits(tx: Tx, ctx: Ctx, place: Place): Promise<void> {
  const { person, visits, index, account } = place;
  const [first] = visits;
  if (!first) return;
  const since = hourOfDay(ctx.clock.now(), first);
  const identity = await findOrCreateByIdentity(tx, {
    accountId: account.id,
    channel: ChannelId.parse(account.channel),
    externalId: person.externalId,
    displayName: person.name,
    at: since,
    queueId: account.queue_id,
  });
  const { capabilities } = ctx.channels.get(person.channel);
  if (capabilities.address !== null) {
    const known = {
      homeId: identity.customerId,
      text: person.externalId,
      source: "address",
      at: since,
    } as const;
    // Who is found to be known already is linked as the visit begins, not today.
    const then = at(ctx, since);
    if (capabilities.provesAddress) await noteProven(tx, then, { ...known, kind: capabilities.address });
    else await noteText(tx, known);
  }
  if (person.phone !== undefined) {
    const given = { homeId: identity.customerId, source: "confirmed", kind: "phone", at: since } as const;
    await noteProven(tx, ctx, { ...given, text: `+${person.phone}` });
  }
  const conversation = { ...newConversation(account, identity, since), thread: threadOf(place) };
  const { id } = conversation;
  await insertConversation(tx, { ...conversation, subject: place.story.subject ?? "" });
  for (const [n, visit] of visits.entries()) {
    const view = await conversationById(tx, id);
    const times = visitTimes(ctx.clock.now(), visit, index + n);
    if (view) await writeVisit(tx, ctx, { place, visit, view, times, id: interactionIdOf(index * 16 + n) });
  }
}

interface Writing {
  readonly place: Place;
  readonly visit: PastVisit;
  readonly view: ConversationView;
  readonly times: VisitTimes;
  /** Of the interaction. */
  readonly id: string;
}

async function writeVisit(tx: Tx, ctx: Ctx, w: Writing): Promise<void> {
  const { visit, times } = w;
  const agentId = w.place.callers.get(visit.by)?.userId ?? null;
  const { capabilities } = ctx.channels.get(w.place.person.channel);
  const now: InteractionRow = {
    ...newInteraction(w.view, capabilities.work, times.offeredAt),
    id: w.id,
    state: "closed",
    owner_id: agentId,
    accepted_at: times.acceptedAt,
    closed_at: times.closedAt,
    disposition: visit.disposition,
    look_again: 0,
  };
  await insertInteraction(tx, now);
  const rows: MessageRow[] = [];
  for (const [i, [who, text, more = ""]] of visit.lines.entries()) {
    const file = w.place.files.get(more);
    const isPictured = file?.kind === "image";
    const row: MessageRow = {
      ...lineRow(w, { authorId: who === "agent" ? agentId : null, text, at: times.offeredAt + i * PACE_MS }),
      ...(more === "failed" && {
        state: "failed" as const,
        error: JSON.stringify({ code: "recipient_unavailable", detail: "" }),
      }),
      ...(capabilities.letters &&
        letterColumnsOf(w.place, { n: i, isOurs: who === "agent", text, isPictured })),
      ...(file && {
        attachments: await attachmentsFor(tx, ctx, { name: more, file, conversationId: w.view.id }),
      }),
    };
    await insertMessage(tx, row);
    if (isPictured) await insertPictured(tx, row, file);
    rows.push(row);
  }
  await updateConversation(tx, w.view.id, {
    ...latest(rows),
    unsent: w.view.unsent + rows.filter(isUnsent).length,
  });

  const step = (
    event: StepEvent,
    time: number,
    o: { by?: string | null; to?: string; why?: Reason[] } = {},
  ) =>
    journalStep(tx, at(ctx, time), {
      step: {
        event,
        reasons: o.why ?? [],
        actorId: o.by ?? null,
        ...(o.to === undefined ? {} : { userId: o.to }),
      },
      now,
    });
  const view = (await conversationById(tx, w.view.id)) ?? w.view;
  const [opening, ...talk] = rows;
  const tell = (row: MessageRow) => journalCreated(tx, at(ctx, row.at), { row, view });
  await step("interaction.opened", times.offeredAt, { why: [{ code: "customer_wrote" }] });
  if (opening) tell(opening);
  const asked = agentId === null ? {} : { to: agentId };
  await step("interaction.offered", times.offeredAt, { ...asked, why: [{ code: "longest_idle", ring: 1 }] });
  await step("interaction.accepted", times.acceptedAt, { ...asked, by: agentId });
  for (const row of talk) tell(row);
  await step("interaction.ended", times.endedAt, { by: agentId });
  await step("interaction.closed", times.closedAt, { by: agentId, why: unresolved(visit.disposition) });
}

function letterColumnsOf(
  { story, person, index }: Place,
  { n, isOurs, text, isPictured }: { n: number; isOurs: boolean; text: string; isPictured: boolean },
): Pick<MessageRow, "letter" | "folded" | "external_id"> {
  const customer = { name: person.name, address: person.externalId };
  const us = { name: "", address: person.accountId };
  const subject = n === 0 ? (story.subject ?? "") : `Re: ${story.subject}`;
  const letter: LetterRow = {
    subject,
    from: isOurs ? null : customer,
    to: [isOurs ? customer : us],
    cc: [],
    bcc: [],
    replyTo: [],
    automatic: null,
    hasBody: isPictured,
    refused: [],
    references: Array.from({ length: n }, (_, i) => letterId(index, i)),
    digest: "",
  };
  return {
    letter: JSON.stringify(letter),
    folded: foldedText(`${subject} ${text}`),
    external_id: letterId(index, n),
  };
}

const leaves = Object.values(outcomes).flatMap((o) => dispositionLeaves(o.dispositions));

const unresolved = (disposition: string): Reason[] =>
  leaves.find(({ path }) => path === disposition)?.resolved === false ? [{ code: "unresolved" }] : [];

function lineRow(
  { view, id }: Writing,
  o: { authorId: string | null; text: string; at: number },
): MessageRow {
  const ours = o.authorId !== null;
  const messageId = newId();
  return messageRow(view, {
    id: messageId,
    interaction_id: id,
    kind: "message",
    direction: ours ? "out" : "in",
    author_kind: ours ? "agent" : "customer",
    author_id: o.authorId,
    text: o.text,
    state: ours ? "read" : "received",
    state_at: ours ? o.at + MINUTE : null,
    external_id: `demo.${messageId}`,
    vendor_at: o.at,
    at: o.at,
    created_at: o.at,
  });
}

function latest(rows: readonly MessageRow[]) {
  const last = rows.at(-1);
  const lastIn = rows.findLast((r) => r.direction === "in")?.at ?? null;
  const lastOut = rows.findLast((r) => r.direction === "out")?.at ?? 0;
  return {
    preview_text: last?.text ?? "",
    preview_direction: last?.direction ?? "none",
    preview_author_id: last?.author_id ?? null,
    last_message_at: last?.at ?? 0,
    last_inbound_at: lastIn,
    window_opened_at: lastIn,
    unanswered_since: null,
    delivered_until: lastOut,
    read_until: lastOut,
  };
}
