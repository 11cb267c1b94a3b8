import type { IncomingMessage } from "node:http";

/**
 * The control surface has no password, so it answers only its own page and local tools: a foreign Origin
 * or a foreign Host (a name that resolves to this machine) is a web page trying its luck.
 */
export function isLocal(request: IncomingMessage): boolean {
  const host = request.headers.host ?? "";
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)) return false;
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  const write = request.method === "POST" && request.headers["content-length"] !== "0";
  return !write || (request.headers["content-type"] ?? "").startsWith("application/json");
}
