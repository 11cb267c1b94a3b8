/** ES2025's third argument, which TypeScript's ES2024 library does not know. */
type SourceReviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown;

const INTEGER = /^-?\d+$/;

const keepExact: SourceReviver = (_key, value, context) => {
  if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
  const source = context?.source ?? "";
  return INTEGER.test(source) ? source : value;
};

/** JSON with integers beyond 2^53 kept as strings of their digits; `undefined` for what is no JSON. */
export function exactJson(text: string): unknown {
  try {
    return JSON.parse(text, keepExact);
  } catch {
    return undefined;
  }
}
