import { lookup } from "node:dns/promises";
import http, { type IncomingMessage, type RequestOptions } from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import { AppError, type ErrorCode } from "@tongdai/shared";
import { isPublicAddress } from "./public-address.ts";

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

export type Resolve = (host: string) => Promise<readonly ResolvedAddress[]>;

export const resolveAll: Resolve = (host) => lookup(host, { all: true });

export const refusal = (code: ErrorCode, failure: string, message: string): AppError =>
  new AppError(code, message, { failure });

interface Guard {
  readonly allow: readonly string[];
  readonly resolve: Resolve;
  readonly signal: AbortSignal;
}

/** What goes along with a request; without it, it is a GET. */
interface Parcel {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One request without cookies and credentials, to an address that was looked at first; redirects are the caller's. */
export async function request(url: URL, guard: Guard, parcel?: Parcel): Promise<IncomingMessage> {
  return send(url, { target: await checkAddress(url, guard), signal: guard.signal, parcel });
}

/** Where a request to this address may go. Throws when it may not be made. */
export async function checkAddress(url: URL, guard: Guard): Promise<ResolvedAddress> {
  const allowed = guard.allow.includes(`${url.hostname}:${url.port || defaultPort(url)}`);
  assertForm(url, allowed);
  return addressOf(url, { ...guard, allowed });
}

function assertForm(url: URL, allowed: boolean): void {
  const protocol = url.protocol === "https:" || (allowed && url.protocol === "http:");
  if (!protocol) throw refusal("forbidden", "refused_address", `no ${url.protocol} here`);
  if (url.username !== "" || url.password !== "")
    throw refusal("forbidden", "refused_address", "credentials in an address");
}

const defaultPort = (url: URL): string => (url.protocol === "http:" ? "80" : "443");

/**
 * Resolves once; the connection goes to what was checked, so a name that answers differently the next time gains nothing.
 * A name with one forbidden address among several is refused whole.
 */
async function addressOf(url: URL, guard: Guard & { allowed: boolean }): Promise<ResolvedAddress> {
  // The URL parser has already turned decimal, octal and hexadecimal forms into dotted ones.
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const family = isIP(host);
  const found =
    family > 0 ? [{ address: host, family }] : await untilAborted(guard.resolve(host), guard.signal);
  const [first] = found;
  if (!first) throw refusal("unavailable", "unreachable", "the name has no address");
  if (!guard.allowed && !found.every((a) => isPublicAddress(a.address)))
    throw refusal("forbidden", "refused_address", "the address is not a public one");
  return first;
}

interface Way {
  readonly target: ResolvedAddress;
  readonly signal: AbortSignal;
  readonly parcel: Parcel | undefined;
}

function send(url: URL, { target, signal, parcel }: Way): Promise<IncomingMessage> {
  const options: RequestOptions = {
    method: parcel ? "POST" : "GET",
    signal,
    // A fresh connection each time: a kept one could belong to another check.
    agent: false,
    headers: { accept: "*/*", "accept-encoding": "identity", "user-agent": "Tongdai", ...parcel?.headers },
    lookup: (_host, o, answer) =>
      o.all ? answer(null, [target]) : answer(null, target.address, target.family),
  };
  const start = url.protocol === "https:" ? https.request : http.request;
  return new Promise((resolve, reject) => {
    start(url, options, resolve).once("error", reject).end(parcel?.body);
  });
}

/** The system's resolver cannot be stopped, but nobody has to wait for it. */
function untilAborted<T>(pending: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return new Promise<T>((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    signal.addEventListener("abort", stop, { once: true });
    pending.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
