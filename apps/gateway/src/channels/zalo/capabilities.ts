import type { Capabilities } from "@tongdai/shared";
import { sendable } from "./reactions.ts";

const HOUR = 3_600_000;

/** The vendor's "1 MB" and "5 MB", read as the smaller of their two meanings. */
const IMAGE_BYTES = 1_000_000;
const FILE_BYTES = 5_000_000;

/** Source: Zalo for Developers, "Consultation message", "Upload". */
export const capabilities: Capabilities = {
  work: "chat",
  address: null,
  provesAddress: false,
  begins: false,
  text: { maxLength: 2000, counter: null },
  attachments: {
    kinds: ["image", "file"],
    maxBytes: FILE_BYTES,
    imageMaxBytes: IMAGE_BYTES,
    separateFromText: true,
    endings: { image: ["jpg", "jpeg", "png", "gif"], file: ["pdf", "doc", "docx", "csv"] },
  },
  templates: { by: ["id", "phone"] },
  stickers: false,
  reactions: [...sendable],
  replyTo: true,
  typing: false,
  notices: true,
  seen: false,
  receipts: { delivered: true, read: true },
  // Free for 48 hours, charged until the end of the seventh day, refused after it.
  replyWindow: { standard: 7 * 24 * HOUR, human: null },
  chargedAfter: 48 * HOUR,
};

/** 4,000 requests a minute an app; an image is two. */
export const rate = { text: 60, media: 30 } as const;
