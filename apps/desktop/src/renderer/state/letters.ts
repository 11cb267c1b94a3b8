import {
  answerTo,
  type CommandInput,
  type Conversation,
  type Correspondent,
  forwardSubject,
  type Message,
  Recipient,
  replySubject,
  type Signature,
  UnsentLetter,
} from "@tongdai/shared";
import type { State } from "./model.ts";
import { same } from "./same.ts";
import { selectCapabilities, selectMessage } from "./selectors.ts";

export const emptyLetter: UnsentLetter = {
  forward: false,
  cc: [],
  bcc: [],
  html: null,
  quote: true,
  signature: true,
};

/** `null` for one that says nothing but what an answer says by itself. */
export function tidyLetter({ subject, to, ...rest }: UnsentLetter): UnsentLetter | null {
  const letter = { ...rest, ...(subject !== undefined && { subject }), ...(to !== undefined && { to }) };
  return same(letter, emptyLetter) ? null : letter;
}

/** As it was held for the gateway. */
export const heldLetter = (held: CommandInput<"draft.save">["letter"]): UnsentLetter | null =>
  held ? UnsentLetter.parse(held) : null;

export const selectWritesLetters = (state: State, conversation: Conversation): boolean =>
  selectCapabilities(state, conversation)?.letters !== undefined;

/** What stands below the words of a letter in this conversation: one's own, or else the account's; `null`: nothing. */
export const selectSignature = (state: State, { accountId }: Conversation): Signature | null =>
  state.people.signatures[state.session.me?.id ?? ""] ?? state.people.signatures[accountId] ?? null;

/** What is answered or passed on: the letter that was chosen, or else the customer's newest, or ours. */
export function selectAnswered(state: State, conversationId: string): Message | null {
  const chosen = state.drafts[conversationId]?.replyToId;
  if (chosen) return selectMessage(state, conversationId, chosen);
  const letters = (state.threads[conversationId]?.messages ?? []).filter(
    (m) => m.kind === "message" && m.letter !== undefined && m.state !== "removed",
  );
  return letters.findLast((m) => m.direction === "in") ?? letters.at(-1) ?? null;
}

/** A letter as it would go now. */
export interface ShownLetter {
  readonly forward: boolean;
  readonly subject: string;
  /** `null`: the customer, at the address of the conversation. */
  readonly to: readonly Correspondent[] | null;
  readonly cc: readonly Correspondent[];
  readonly bcc: readonly Correspondent[];
  readonly html: string | null;
  /** Whether somebody signs it. */
  readonly signature: boolean;
  /** What stands below it. */
  readonly quoted: Message | null;
}

export const shownLetter = (state: State, conversation: Conversation): ShownLetter =>
  letterFrom(
    state.drafts[conversation.id]?.letter ?? null,
    selectAnswered(state, conversation.id),
    conversation,
  );

/** What an answer to a letter says, but for what was written otherwise. */
export function letterFrom(
  draft: UnsentLetter | null,
  answered: Message | null,
  conversation: Conversation,
): ShownLetter {
  const letter = draft ?? emptyLetter;
  const about = answered?.letter?.subject || conversation.subject || "";
  const answers = answered?.letter
    ? answerTo({ direction: answered.direction, letter: answered.letter }).map(asRecipient)
    : [];
  return {
    forward: letter.forward,
    subject: letter.subject ?? (letter.forward ? forwardSubject : replySubject)(about),
    to: letter.to ?? (letter.forward ? [] : answers.length > 0 ? answers : null),
    cc: letter.cc,
    bcc: letter.bcc,
    html: letter.html,
    signature: letter.signature,
    quoted: letter.quote ? answered : null,
  };
}

/** A name from outside may be longer than we send, or hold what would begin a header. */
export const asRecipient = ({ name, address }: Correspondent): Correspondent => ({
  name: name
    .replaceAll(/\p{Cc}+/gu, " ")
    .slice(0, 200)
    .toWellFormed(),
  address: address.slice(0, 254),
});

export const isAddress = (person: Correspondent): boolean => Recipient.safeParse(person).success;

export type LetterFault = "no_recipient" | "bad_address" | "too_many_recipients";

/** Why the letter that is being written cannot go; `null`: it can, or none is written here. */
export function letterFault(state: State, conversation: Conversation): LetterFault | null {
  const letters = selectCapabilities(state, conversation)?.letters;
  if (!letters) return null;
  const { to, cc, bcc } = shownLetter(state, conversation);
  const all = [...(to ?? []), ...cc, ...bcc];
  if (to?.length === 0) return "no_recipient";
  if (!all.every(isAddress)) return "bad_address";
  return all.length > letters.maxRecipients ? "too_many_recipients" : null;
}
