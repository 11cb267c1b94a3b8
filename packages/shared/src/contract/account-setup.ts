import { z } from "zod";

/** Words of a channel's own, in the client's languages. */
export const ChannelWords = z.object({ vi: z.string(), en: z.string() });
export type ChannelWords = z.infer<typeof ChannelWords>;

/** Only while another field has one of these values. */
const When = z.object({ field: z.string(), is: z.array(z.string()) });

/** One box of the form by which an account is connected. What is put in is read by the channel alone. */
export const AccountField = z.object({
  /** Its name in the configuration. */
  name: z.string(),
  /** `secret` goes in and is never shown; `word` is one that we make up and the vendor is told. */
  kind: z.enum(["text", "secret", "word", "flag", "choice"]),
  required: z.boolean(),
  label: ChannelWords,
  hint: ChannelWords.nullable(),
  /** What a `choice` is between; empty for the others. */
  options: z.array(z.object({ value: z.string(), label: ChannelWords })).default([]),
  /** What a `choice` is while nothing is chosen. */
  defaultValue: z.string().optional(),
  when: When.nullable().default(null),
});
export type AccountField = z.infer<typeof AccountField>;

/** How an account of a channel is connected and mended, so that the client need not know the channel. */
export const AccountSetup = z.object({
  /** "Connect a ...". */
  connect: ChannelWords,
  /** What to have at hand. */
  lead: ChannelWords,
  fields: z.array(AccountField),
  /** The field that is the account's id at the vendor: set once. */
  idField: z.string(),
  /** The account's owner gives us permission on a page of the vendor's. */
  consent: z.boolean().optional(),
  /** A field that makes this permission needless where something is put in. */
  consentUnless: z.string().optional(),
  /** `field`: what stands at the end of the webhook's address; `null`: the vendor calls no webhook of ours. */
  webhook: z.object({ field: z.string().nullable(), hint: ChannelWords, when: When.optional() }).nullable(),
  /** What to do about a state of health where the general advice is not enough; `never_heard` is silence from the beginning. */
  remedies: z.partialRecord(
    z.enum(["never_heard", "silent", "login_needed", "restricted", "unreachable", "disabled"]),
    ChannelWords,
  ),
});
export type AccountSetup = z.infer<typeof AccountSetup>;
