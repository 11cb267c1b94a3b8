import { z } from "zod";
import { command } from "./command.ts";
import { BasedOn, Id, text, Version } from "./scalars.ts";

/** What stands below the words of a letter: a person's own, or the default of an account. */
export const Signature = z.object({
  /** The person, or the account. */
  ownerId: Id,
  /** Clean. */
  html: z.string(),
  /** The same words for programs without formatting. */
  text: z.string(),
  version: Version,
});
export type Signature = z.infer<typeof Signature>;

/** Nothing but space: there is none any more. */
const written = { version: BasedOn, html: z.string().max(20_000), text: text(2_000) };

const saved = z.object({ signature: Signature.nullable() });

export const signatureCommands = {
  /** One's own. */
  "signature.save": command("work", z.strictObject(written), saved),
  /** For the letters of whoever has none of their own. */
  "account_signature.save": command("channels.manage", z.strictObject({ accountId: Id, ...written }), saved),
};
