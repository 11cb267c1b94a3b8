import pino, { type DestinationStream, type Logger } from "pino";

export type Log = Logger;

/** Fields that never reach a log line, wherever they stand. Message text is not logged at all. */
const secret = [
  "token",
  "password",
  "authorization",
  "cookie",
  "appSecret",
  "pageToken",
  "verifyToken",
  "access_token",
];

/** Vietnamese and international phone numbers inside free text. */
const phone = /(?<![\w.])\+?\d(?:[ .-]?\d){8,13}(?![\w.])/g;

/** JSON lines with tokens and phone numbers taken out. */
export function createLog(level: string, destination?: DestinationStream): Log {
  return pino(
    {
      level,
      redact: { paths: secret.flatMap((f) => [f, `*.${f}`, `*.*.${f}`]), censor: "[redacted]" },
      serializers: { err: (e: unknown) => redactError(pino.stdSerializers.err(e as Error)) },
      hooks: {
        logMethod(args, method) {
          method.apply(this, args.map((a) => (typeof a === "string" ? redactText(a) : a)) as typeof args);
        },
      },
    },
    destination ?? pino.destination({ fd: 2, sync: false }),
  );
}

export const redactText = (s: string): string =>
  s.replace(phone, "[phone]").replace(/(access_token=|Bearer )[^\s&"]+/g, "$1[redacted]");

function redactError(e: ReturnType<typeof pino.stdSerializers.err>) {
  return { ...e, message: redactText(String(e.message)), stack: redactText(String(e.stack)) };
}
