import { createHash } from "node:crypto";
import { cleanText } from "@tongdai/shared";
import { z } from "zod";

/** A webhook value that cannot be read; its message names the place, never the content. */
export class Unreadable extends Error {}

/** Vendors' longest are some 150; PostgreSQL indexes no value of more than 2,700. */
const ID_BYTES = 1000;

/**
 * An id, always a string for us. Vendors send ids as strings; a number is accepted while it is exact. Beyond 2^53 a parsed
 * number may already be the id of somebody else, so it is refused.
 */
export const VendorId = z.union([
  z
    .string()
    .min(1)
    .refine((s) => Buffer.byteLength(s) <= ID_BYTES && s === cleanText(s)),
  z.int().nonnegative().transform(String),
]);

export const Text = z.string().transform(cleanText);

const EARLIEST_MILLIS = 100_000_000_000;
const LATEST_MILLIS = 8_640_000_000_000_000;

/**
 * A time in epoch milliseconds in milliseconds or seconds, number or numeric string.
 * @returns `null` for anything that is no time, zero included
 */
export function millis(value: unknown): number | null {
  const n = typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof n !== "number" || !Number.isFinite(n) || n < 1) return null;
  const ms = Math.trunc(n < EARLIEST_MILLIS ? n * 1000 : n);
  return ms <= LATEST_MILLIS ? ms : null;
}

/** The address if it is one of the web, or `null`: what a customer sends must never become a `javascript:` link. */
export function webUrl(value: unknown): string | null {
  if (typeof value !== "string" || !/^https?:\/\//i.test(value)) return null;
  return URL.canParse(value) ? cleanText(value) : null;
}

/** Long enough for what people should see; the raw body keeps the rest. */
const FACT_LENGTH = 4000;

const fact = (value: unknown): string => {
  const plain = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return cleanText(plain.slice(0, FACT_LENGTH));
};

/**
 * An object's fields as texts to show; deeper values as JSON.
 * @param hidden fields that stay in the raw body
 */
export function facts(value: unknown, hidden: ReadonlySet<string> = new Set()): Record<string, string> {
  const isList = typeof value !== "object" || value === null || Array.isArray(value);
  const fields = isList ? [["value", value] as const] : Object.entries(value);
  return Object.fromEntries(
    fields
      .filter(([name, v]) => v !== null && v !== undefined && !hidden.has(name))
      .map(([name, v]) => [cleanText(name), fact(v)]),
  );
}

const KEY_LENGTH = 300;

/** Joins what identifies an event; long keys are hashed because databases limit the size of an indexed value. */
export function keyOf(...parts: readonly (string | number | null)[]): string {
  const key = parts.map((p) => p ?? "").join(":");
  return key.length <= KEY_LENGTH ? key : createHash("sha256").update(key).digest("hex");
}

/** Fingerprint of an event that carries no id: vendors repeat an event with its fields in the same order. */
export function digest(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(value) ?? "undefined")
    .digest("hex");
}

/** As `digest`; a body nested deeper than the serialiser can follow still needs a key, and such bodies share one. */
export function safeDigest(value: unknown): string {
  try {
    return digest(value);
  } catch {
    return "unserialisable";
  }
}

/** Says where a value could not be read without repeating it. */
export function reason(error: unknown): string {
  if (error instanceof z.ZodError) {
    const issue = error.issues[0];
    return issue ? `${issue.path.join(".") || "value"}: ${issue.code}` : "not readable";
  }
  return error instanceof Unreadable ? error.message : "not readable";
}
