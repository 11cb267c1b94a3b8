import { z } from "zod";

/** A letter as the connection brings it: where it lay, and its bytes on our disk. */
export const RawMail = z.object({
  mailbox: z.string(),
  folder: z.string(),
  /** `uidvalidity:uid`. */
  uid: z.string(),
  /** When it came to the server, epoch milliseconds. */
  at: z.number(),
  size: z.number(),
  /** SHA-256 of the bytes. */
  file: z.string(),
  /** False: it was too large, and only its beginning was fetched. */
  isWhole: z.boolean(),
  /** From the folder of what was sent. */
  isSent: z.boolean(),
  /** False: it was there before we were. */
  isLive: z.boolean(),
});
export type RawMail = z.infer<typeof RawMail>;
