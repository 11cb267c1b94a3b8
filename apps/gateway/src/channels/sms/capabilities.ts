import type { Capabilities } from "@tongdai/shared";

/** Ten parts of a text with diacritics; Twilio takes 1,600, others refuse more than some ten parts. */
const MAX_LENGTH = 670;

export const capabilities: Capabilities = {
  work: "chat",
  address: "phone",
  provesAddress: true,
  begins: true,
  text: { maxLength: MAX_LENGTH, counter: "sms" },
  attachments: { kinds: [], maxBytes: 0, imageMaxBytes: 0, endings: {}, separateFromText: true },
  stickers: false,
  reactions: [],
  replyTo: false,
  typing: false,
  notices: false,
  seen: false,
  receipts: { delivered: true, read: false },
  replyWindow: null,
  chargedAfter: 0,
};

/** The slowest provider takes 60 requests a minute. */
export const rate = { text: 1, media: 1 } as const;
