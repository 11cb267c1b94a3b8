import type { Capabilities } from "@tongdai/shared";

const DAY = 24 * 3_600_000;

/** Source: Meta's pages "Comment", "Object comments" and "Private replies". */
export const capabilities: Capabilities = {
  work: "chat",
  address: null,
  provesAddress: false,
  begins: false,
  text: { maxLength: 8000, counter: null },
  attachments: { kinds: [], maxBytes: 1, imageMaxBytes: 1, endings: {}, separateFromText: true },
  public: {
    powers: ["hide", "like", "delete"],
    privateReply: { within: 7 * DAY, maxLength: 2000 },
  },
  stickers: false,
  reactions: [],
  replyTo: true,
  typing: false,
  notices: false,
  seen: false,
  receipts: { delivered: false, read: false },
  replyWindow: null,
  chargedAfter: null,
};
