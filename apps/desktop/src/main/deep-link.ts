export type DeepLink = { kind: "conversation"; id: string } | { kind: "number"; number: string };

const CONVERSATION =
  /^tongdai:\/\/conversation\/([\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12})\/?$/i;

/** Any web page may start us with a link, so only an id or a number is taken out of it. */
export function parseDeepLink(text: string): DeepLink | undefined {
  const id = CONVERSATION.exec(text)?.[1];
  if (id) return { kind: "conversation", id: id.toLowerCase() };
  const number = parseTel(text);
  return number ? { kind: "number", number } : undefined;
}

/** Chromium adds switches of its own to a second instance's arguments: look at each. */
export function findDeepLink(argv: readonly string[]): DeepLink | undefined {
  for (const arg of argv) {
    const link = parseDeepLink(arg);
    if (link) return link;
  }
  return undefined;
}

/** `*` and `#` are refused: they are commands to an exchange (forward all calls), not a number. */
function parseTel(text: string): string | undefined {
  const body = /^tel:([^;?]*)/i.exec(text)?.[1];
  const number = body?.replace(/%20|[ ().-]/g, "");
  return number && /^\+?\d{2,20}$/.test(number) ? number : undefined;
}
