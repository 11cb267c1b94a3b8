import { parseUrl } from "./origin.ts";

const LOOPBACK = new Set(["127.0.0.1", "localhost"]);

/**
 * The gateway's origin, or undefined. Plain http is for this machine only: elsewhere the browser engine
 * would refuse it as mixed content anyway, and the session token would travel in the clear. A bare IPv6
 * address cannot be written in a CSP.
 */
export function parseGatewayUrl(text: string): string | undefined {
  const trimmed = text.trim();
  const url = parseUrl(/^[a-z][a-z\d+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`);
  if (!url || url.username || url.password || url.hostname.startsWith("[")) return undefined;
  if (url.pathname !== "/" || url.search || url.hash) return undefined;
  const secure = url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.has(url.hostname));
  return secure ? url.origin : undefined;
}
