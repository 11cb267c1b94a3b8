import { createHmac, timingSafeEqual } from "node:crypto";

/** Stands in each letter of ours. A server that reports on a letter brings back its head; nobody copies this into an answer. */
export const PROOF_HEADER = "X-Tongdai-Proof";

const LENGTH = 32;
const FIELD = new RegExp(`^${PROOF_HEADER}:[ \\t]*([0-9a-f]{${LENGTH}})[ \\t]*\\r?$`, "im");

/** What only this installation can put into a letter of this id. */
export const proofFor = (key: string, id: string): string =>
  createHmac("sha256", key).update(`report ${id}`).digest("hex").slice(0, LENGTH);

/**
 * Whether the head that a report brings back is that of our letter. Its id alone is no proof: everybody who answers a letter
 * names it. Addressees have the whole of it and could lie, but only of what they got.
 */
export function isProven(key: string, id: string, head: string): boolean {
  const given = FIELD.exec(head)?.[1];
  return (
    given !== undefined && timingSafeEqual(Buffer.from(given.toLowerCase()), Buffer.from(proofFor(key, id)))
  );
}
