import { createHash, randomBytes } from "node:crypto";

export function newMid(): string {
  return `m_${randomBytes(63).toString("base64url")}`;
}

export function newTraceId(): string {
  return `A${randomBytes(16).toString("base64url")}`;
}

/** 17 digits: larger than 2^53, as page-scoped ids are, so that a parser using numbers loses them. */
export function newPsid(pageId: string, seed: string): string {
  return `24${digits(`${pageId}:${seed}`, 15)}`;
}

export function newNumericId(length: number): string {
  return `7${digits(randomBytes(12).toString("hex"), length - 1)}`;
}

function digits(seed: string, length: number): string {
  const hash = createHash("sha256").update(seed).digest("hex");
  return (BigInt(`0x${hash}`) % 10n ** BigInt(length)).toString().padStart(length, "0");
}
