import { z } from "zod";
import { Id } from "./scalars.ts";

/** Control characters in a name or an address would begin a header of their own. */
export const headerText = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\p{Cc}]*$/u);

export const Recipient = z.strictObject({
  name: headerText(200).default(""),
  address: z.email().max(254),
});
export type Recipient = z.infer<typeof Recipient>;

/** The same words formatted; cleaned by the gateway. */
const html = z.string().max(500_000).nullable().default(null);

/** A letter of the conversation that stands below the words: what an answer quotes, or what is passed on. */
const LetterQuote = z.strictObject({
  messageId: Id,
  how: z.enum(["reply", "forward"]),
  /** What introduces it, in the writer's language: who wrote it, and when. */
  intro: z.string().max(5_000),
});
export type LetterQuote = z.infer<typeof LetterQuote>;

/** On channels that have letters. What is left out is as an answer to the customer has it. */
export const LetterDraft = z.strictObject({
  subject: headerText(300).optional(),
  to: z.array(Recipient).min(1).max(100).optional(),
  cc: z.array(Recipient).max(100).default([]),
  bcc: z.array(Recipient).max(100).default([]),
  html,
  quote: LetterQuote.nullable().default(null),
  /** Between the words and what is quoted: the writer's own, or else the account's. */
  signature: z.boolean().default(false),
});
export type LetterDraft = z.infer<typeof LetterDraft>;

/** As typed so far: it need not be an address yet. */
const Typed = z.array(z.strictObject({ name: z.string().max(200), address: z.string().max(254) })).max(100);

/** What a draft has beside its text where letters are written. What is left out is as an answer to the customer has it. */
export const UnsentLetter = z.strictObject({
  /** Passed on to somebody else, and no answer. */
  forward: z.boolean().default(false),
  subject: z.string().max(300).optional(),
  to: Typed.optional(),
  cc: Typed.default([]),
  bcc: Typed.default([]),
  html,
  /** What it answers is quoted below it. */
  quote: z.boolean().default(true),
  signature: z.boolean().default(true),
});
export type UnsentLetter = z.infer<typeof UnsentLetter>;
