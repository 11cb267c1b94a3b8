import { SipError } from "./sip-error.ts";
import type { Params } from "./types.ts";

/**
 * The lexical ground of RFC 3261 25.1. Everything here walks the text once: a sticky pattern of one character class and
 * index arithmetic, no backtracking.
 */
const token = /[A-Za-z0-9\-.!%*_+`'~]*/y;
/** A parameter's bare value: token or host (RFC 3261 gen-value), which adds the signs of an IPv6 reference. */
const bareValue = /[A-Za-z0-9\-.!%*_+`'~[\]:]*/y;
const space = /[ \t]*/y;

export const tokenEnd = (text: string, at: number): number => endOf(token, text, at);
export const skipSpace = (text: string, at: number): number => endOf(space, text, at);
export const isToken = (text: string): boolean => text !== "" && tokenEnd(text, 0) === text.length;

/** Takes blanks and tabs off both ends. `trim()` would take a byte order mark and other Unicode spaces as well. */
export function trimSpace(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === " " || text[end - 1] === "\t")) end--;
  return text.slice(Math.min(skipSpace(text, 0), end), end);
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  pattern.test(text);
  return pattern.lastIndex;
}

/** @param at index of the opening quote. @returns index behind the closing one */
export function quotedEnd(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x5c) i++;
    else if (c === 0x22) return i + 1;
  }
  throw new SipError("quoted string without an end");
}

/** The text of a quoted string; anything else as it is. */
export function unquote(raw: string): string {
  return raw.startsWith('"') ? raw.slice(1, -1).replace(/\\([\s\S])/g, "$1") : raw;
}

export const quote = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;

/** Splits at a separator that stands outside quotes and angle brackets; parts are trimmed and may not be empty. */
export function splitList(text: string, separator: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let inAngle = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"' && !inAngle) i = quotedEnd(text, i) - 1;
    else if (c === "<") inAngle = true;
    else if (c === ">") inAngle = false;
    else if (c === separator && !inAngle) {
      parts.push(trimSpace(text.slice(start, i)));
      start = i + 1;
    }
  }
  parts.push(trimSpace(text.slice(start)));
  if (parts.includes("")) throw new SipError("empty value in a list");
  return parts;
}

/** Reads `;name=value;flag` from `at` to the end of the text. */
export function parseParams(text: string, at: number): Params {
  const params = new Map<string, string>();
  let i = skipSpace(text, at);
  while (i < text.length) {
    if (text[i] !== ";") throw new SipError("parameter expected");
    const start = skipSpace(text, i + 1);
    const end = tokenEnd(text, start);
    const name = text.slice(start, end).toLowerCase();
    if (name === "") throw new SipError("empty parameter");
    // RFC 3261 7.3.1: a parameter's name may appear once.
    if (params.has(name)) throw new SipError(`parameter twice: ${name}`);
    i = skipSpace(text, end);
    if (text[i] !== "=") {
      params.set(name, "");
      continue;
    }
    const from = skipSpace(text, i + 1);
    const to = text[from] === '"' ? quotedEnd(text, from) : endOf(bareValue, text, from);
    if (to === from) throw new SipError(`parameter without its value: ${name}`);
    params.set(name, text.slice(from, to));
    i = skipSpace(text, to);
  }
  return params;
}

export function formatParams(params: Params): string {
  let text = "";
  for (const [name, value] of params) text += value === "" ? `;${name}` : `;${name}=${value}`;
  return text;
}

/** A whole number that is written with digits only and not greater than `max`; undefined when it is not. */
export function wholeNumber(text: string, max: number): number | undefined {
  if (!/^[0-9]{1,20}$/.test(text)) return undefined;
  const value = Number(text);
  return value <= max ? value : undefined;
}
