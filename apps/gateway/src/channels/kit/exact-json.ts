const LONG_NUMBER = /[:[,]\s*-?\d{16}/;

const exact = (_key: string, value: unknown, context?: { source?: string }): unknown =>
  typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? "")
    ? context?.source
    : value;

/** JSON in which whole numbers that a double cannot hold come as text: vendors' ids exceed 2^53. Throws as `JSON.parse`. */
export const exactJson = (text: string): unknown =>
  LONG_NUMBER.test(text) ? JSON.parse(text, exact) : JSON.parse(text);
