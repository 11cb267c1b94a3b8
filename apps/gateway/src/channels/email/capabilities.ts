import type { Capabilities } from "@tongdai/shared";

/** Providers' "25 MB" are of the letter as it travels; four thirds of the files with their line ends. */
export const MAX_BYTES = 25_000_000;
const FILE_BYTES = 18_000_000;

export const capabilities: Capabilities = {
  work: "mail",
  address: "email",
  // Whoever sends a letter writes what they like under its From.
  provesAddress: false,
  begins: true,
  text: { maxLength: 100_000, counter: null },
  attachments: {
    kinds: ["image", "video", "audio", "file"],
    maxBytes: FILE_BYTES,
    imageMaxBytes: FILE_BYTES,
    endings: {},
    separateFromText: false,
  },
  letters: { maxRecipients: 100 },
  stickers: false,
  reactions: [],
  replyTo: true,
  typing: false,
  // Whoever writes a letter does not sit and wait.
  notices: false,
  seen: false,
  receipts: { delivered: false, read: false },
  replyWindow: null,
  chargedAfter: null,
};

/** Letters a second of one mailbox: providers count by the day, servers refuse bursts. */
export const rate = { text: 2, media: 2 } as const;
