import type { IncomingMessage } from "node:http";

/** The desktop's own scheme. */
const DESKTOP_ORIGIN = "app://tongdai";

/**
 * Whether a handshake may come from this page. Socket.IO's `cors` does not hold WebSockets back. No Origin at all is a
 * program and not a page: it has nobody's cookies.
 */
export function allowOrigin(request: IncomingMessage, allowed: readonly string[]): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined || origin === DESKTOP_ORIGIN || allowed.includes(origin)) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
