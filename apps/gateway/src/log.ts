import pino, { type DestinationStream, type Logger } from "pino";

export type Log = Logger;

/** Fields that never reach a log line, wherever they stand. Message text is not logged at all. */
const secret = new Set([
  "token",
  "password",
  "authorization",
  "cookie",
  "appsecret",
  "pagetoken",
  "verifytoken",
  "access_token",
]);

/** Vietnamese and international phone numbers inside free text. */
const phone = /(?<!\w|\d\.)\+?\d(?:[ .-]?\d){8,13}(?!\w|\.\d)/g;

/** What is nested deeper says nothing to a reader, and may turn in a circle. */
const MAX_DEPTH = 8;

/** JSON lines with tokens and phone numbers taken out. */
export function createLog(level: string, destination?: DestinationStream): Log {
  return pino(
    {
      level,
      formatters: { log: (fields) => redactFields(fields, 0) },
      // The formatter has done it: another look would take what it made for an error of the kind "Object".
      serializers: { err: (err: unknown) => err },
      hooks: {
        logMethod(args, method) {
          const [first, ...rest] = args as unknown[];
          // An error alone would lend its words to the line as they are.
          const words =
            first instanceof Error ? [first, ...(rest.length > 0 ? rest : [first.message])] : args;
          method.apply(this, words.map((a) => (typeof a === "string" ? redactText(a) : a)) as typeof args);
        },
      },
    },
    destination ?? pino.destination({ fd: 2, sync: false }),
  );
}

export const redactText = (s: string): string =>
  s.replace(phone, "[phone]").replace(/(access_token=|Bearer )[^\s&"]+/g, "$1[redacted]");

const redactFields = (fields: object, depth: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      secret.has(name.toLowerCase()) ? "[redacted]" : redact(value, depth + 1),
    ]),
  );

/** Errors carry what a database or a vendor said in fields of their own, such as `detail` and `errors`. */
function redact(value: unknown, depth: number): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth > MAX_DEPTH) return "[deep]";
  if (value instanceof Error) return redactFields(pino.stdSerializers.err(value), depth);
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return redactFields(value, depth);
}
