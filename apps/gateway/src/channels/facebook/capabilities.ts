import type { Capabilities } from "@tongdai/shared";
import { namedReactions } from "./reactions.ts";

const HOUR = 3_600_000;

/** Meta's "25 MB", read as the smaller of its two meanings; images sent as bytes have no limit of their own. */
const MAX_BYTES = 25_000_000;

/** Source: Meta's pages "Send messages", "Sender actions" and the Send API reference. */
export const capabilities: Capabilities = {
  work: "chat",
  address: null,
  provesAddress: false,
  begins: false,
  text: { maxLength: 2000, counter: null },
  attachments: {
    kinds: ["image", "video", "audio", "file"],
    maxBytes: MAX_BYTES,
    imageMaxBytes: MAX_BYTES,
    endings: {},
    separateFromText: true,
  },
  stickers: false,
  reactions: [...namedReactions],
  replyTo: true,
  typing: true,
  notices: true,
  seen: true,
  receipts: { delivered: true, read: true },
  replyWindow: { standard: 24 * HOUR, human: 7 * 24 * HOUR },
  chargedAfter: null,
};

/** Requests per second of one page: 300 for text, 10 for audio and video (rate limiting page). */
export const rate = { text: 300, media: 10 } as const;
