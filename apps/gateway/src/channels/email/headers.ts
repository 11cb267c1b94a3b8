import { cleanText } from "@tongdai/shared";

/** Header fields by lower-case name, each with all its values in the order in which they stand. */
export type Headers = ReadonlyMap<string, readonly string[]>;

export const allOf = (headers: Headers, name: string): readonly string[] => headers.get(name) ?? [];

/** The first value, unfolded and trimmed; empty: there is none. */
export const firstOf = (headers: Headers, name: string): string =>
  (allOf(headers, name)[0] ?? "").replaceAll(/\s+/g, " ").trim();

/** Longest by RFC 5322 is a line of 998; what is longer is no id. */
const ID = /<([^<>\s]{1,990})>/g;

/**
 * The message ids in a header field, without their brackets, each once: between commas, spaces or people's comments.
 * Source: RFC 5322, 3.6.4.
 */
export const messageIds = (headers: Headers, name: string): string[] => [
  ...new Set(
    allOf(headers, name).flatMap((value) => [...cleanText(value).matchAll(ID)].map((m) => m[1] ?? "")),
  ),
];
