import { Correspondent } from "@tongdai/shared";
import { z } from "zod";
import { Text } from "../kit/values.ts";

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const File = z.object({
  hash: Hash,
  size: z.number(),
  mime: z.string(),
  kind: z.enum(["image", "video", "audio", "file"]),
  width: z.number().nullable(),
  height: z.number().nullable(),
  thumbnail: z.boolean(),
});
const Correspondents = z.array(Correspondent);

/** A letter whose files are on our disk and whose words are decoded: what `parse` reads. */
export const UnpackedMail = z.object({
  mailbox: z.string(),
  uid: z.string(),
  /** By its own date, epoch milliseconds. */
  at: z.number().nullable(),
  id: z.string().min(1),
  from: Correspondent,
  replyTo: Correspondents,
  to: Correspondents,
  cc: Correspondents,
  subject: Text,
  text: Text,
  quoted: Text,
  html: Text.nullable(),
  references: z.array(z.string()),
  answers: z.array(z.string()),
  automatic: z.string().nullable(),
  /** See `InboundLetter`. */
  isForged: z.boolean().default(false),
  conversationId: z.string().nullable(),
  digest: z.string(),
  /** Written in the mailbox's name, elsewhere or by us. */
  isSent: z.boolean(),
  isLive: z.boolean(),
  attachments: z.array(
    z.object({
      kind: z.enum(["image", "video", "audio", "file"]),
      name: z.string(),
      title: z.string().nullable(),
      file: File,
      isInline: z.boolean(),
    }),
  ),
  reports: z.array(
    z.object({
      recipient: z.string(),
      action: z.enum(["failed", "delayed", "delivered", "relayed", "expanded", "unknown"]),
      status: z.string(),
      diagnostic: z.string(),
    }),
  ),
  reportedId: z.string().nullable(),
  /** What it reports on is shown to be ours, or is nothing that we could show it of. */
  isProven: z.boolean().default(true),
  /** Bytes of a letter that was too large to be fetched; `null`: it is here. */
  notWhole: z.number().nullable(),
});
export type UnpackedMail = z.infer<typeof UnpackedMail>;
