import type { IncomingHttpHeaders } from "node:http";
import { AppError } from "@tongdai/shared";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { networkOf } from "../features/users/index.ts";

/** A minute: an office of thousands comes back at once after a restart. */
const PER_NETWORK = 10_000;
/** One person's windows and tabs. */
export const SOCKETS_PER_SESSION = 20;

export interface Knock {
  readonly address: string;
  readonly headers: IncomingHttpHeaders;
}

/** Throws `rate_limited` when too many handshakes come from one network. */
export function limitKnocks(trustProxy: boolean, points = PER_NETWORK): (knock: Knock) => Promise<void> {
  const limiter = new RateLimiterMemory({ keyPrefix: "handshake", points, duration: 60 });
  return async (knock) => {
    const network = networkOf(trustProxy ? seenByProxy(knock) : knock.address);
    await limiter.consume(network).catch(() => {
      throw new AppError("rate_limited", "too many connections from this address");
    });
  };
}

/** The nearest proxy is ours; what stands before its word in the header anybody may have written. */
export function seenByProxy({ address, headers }: Knock): string {
  const said = headers["x-forwarded-for"];
  return [said ?? []].flat().join(",").split(",").at(-1)?.trim() || address;
}
