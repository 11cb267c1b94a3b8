import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import type { Ctx } from "../context.ts";

/** The desktop's own scheme. */
const DESKTOP_ORIGIN = "app://tongdai";

type Names = Pick<Ctx["config"], "host" | "publicUrl" | "origins">;

/**
 * Whether a handshake may come from this page. Socket.IO's `cors` does not hold WebSockets back. No Origin at all is a
 * program and not a page: it has nobody's cookies.
 */
export function allowOrigin({ headers }: IncomingMessage, names: Names): boolean {
  const { origin, host } = headers;
  if (!isOurHost(host, names)) return false;
  if (origin === undefined || origin === DESKTOP_ORIGIN || names.origins.includes(origin)) return true;
  return URL.parse(origin)?.host === host;
}

/**
 * Whether we go by this name. Somebody's page can let its own name point at us, and is then of our origin in the browser's
 * eyes; it cannot do so with a bare address.
 */
export function isOurHost(host: string | undefined, { host: listens, publicUrl, origins }: Names): boolean {
  const name = nameOf(`http://${host}`);
  if (host === undefined || name === undefined) return false;
  if (name === "localhost" || isIP(name.replace(/^\[|\]$/g, "")) !== 0) return true;
  return [`http://${listens}`, publicUrl ?? "", ...origins].some((known) => nameOf(known) === name);
}

const nameOf = (url: string): string | undefined => URL.parse(url)?.hostname;
