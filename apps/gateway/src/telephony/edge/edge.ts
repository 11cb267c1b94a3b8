import type { Clock } from "@tongdai/shared";
import { createAuthenticator, createCredentials } from "./auth/index.ts";
import type { Flow } from "./flow.ts";
import { inDialog, type ReceivedRequest, SipError } from "./message/index.ts";
import { type BindingChange, createBindings, createRegistrar } from "./registrar/index.ts";
import { canWait, comeBackLater, statelessAnswer } from "./stateless.ts";
import {
  createOverload,
  createTransactions,
  type OverloadLimits,
  type ServerTransaction,
  type Stateless,
  type TransactionUser,
} from "./transaction/index.ts";
import { type BanRules, createBans, createGate } from "./transport/index.ts";

/** Who takes the calls: the seam of the B2BUA. Everything here is called in the order in which it happened. */
export interface Calls {
  /** An INVITE that would begin a call, before it costs anything: what it is refused with. Undefined: `request` follows. */
  admit(invite: ReceivedRequest, flow: Flow): Stateless | undefined;
  /** INVITE, in a dialog or not, and every request of a dialog. It must be answered. */
  request(transaction: ServerTransaction): void;
  cancelled(invite: ServerTransaction, cancel: ReceivedRequest): void;
  acknowledged(ack: ReceivedRequest, flow: Flow): void;
  /** An agent's device came, moved to another connection (its calls go there now) or went. */
  bound(change: BindingChange): void;
  /** A connection is gone. What was registered on it is told by `bound`, what waits on it by its transaction. */
  roadLost(flow: Flow): void;
}

export interface EdgeParts {
  readonly clock: Clock;
  readonly calls: Calls;
  /** The part behind the @ of our addresses, and the realm of the digest. */
  readonly domain: string;
  /** Of the credentials; shared with the TURN server. */
  readonly secret: string;
  /** Of the nonces, 32 random octets of this process. */
  readonly nonceKey: Uint8Array;
  readonly randomId: () => string;
  /** In [0, 1). */
  readonly random: () => number;
  readonly revoked: (session: string) => boolean;
  readonly report: (error: unknown) => void;
  readonly bans?: BanRules;
  readonly overload?: OverloadLimits;
}

export const usualBans: BanRules = { strikes: 50, duration: 600_000 };
/** A call over UDP leaves some 100 entry-seconds behind (copies are absorbed for 32 s), so this is some 450 calls/s. */
const usualOverload: OverloadLimits = { lag: 200, transactions: 45_000 };

/** Builds the edge: roads bring octets to `gate`, and what is for a call reaches `calls`. Listening is the caller's. */
export function createEdge(parts: EdgeParts) {
  const { clock, calls, domain, randomId } = parts;
  const credentials = createCredentials(clock, parts.secret);
  const authenticator = createAuthenticator({
    clock,
    credentials,
    realm: domain,
    key: parts.nonceKey,
    randomId,
    revoked: parts.revoked,
  });
  const bindings = createBindings(clock, (change) => calls.bound(change));
  const bans = createBans(clock, parts.bans ?? usualBans);
  const wrong = (flow: Flow): unknown => bans.strike(flow.remote.address);
  const registrar = createRegistrar({
    clock,
    authenticator,
    bindings,
    domains: [domain],
    wrong,
  });

  function stateless(request: ReceivedRequest, flow: Flow): Stateless | undefined {
    if (overload.shedding() && canWait(request)) return comeBackLater(parts.random());
    // Kept for 32 s each, registrations over UDP would fill the table. A copy whose answer was lost meets a count that
    // was taken, gets stale=true and comes again by itself.
    if (request.method === "REGISTER") return registrar.register(request, flow);
    const answer = statelessAnswer(request);
    return !answer && request.method === "INVITE" && !inDialog(request) ? admit(request, flow) : answer;
  }

  function admit(invite: ReceivedRequest, flow: Flow): Stateless | undefined {
    try {
      return calls.admit(invite, flow);
    } catch (error) {
      return { status: statusOf(error) };
    }
  }

  /** Whatever happens, a request is answered: its sender would repeat it, and its transaction would stay. */
  function statusOf(error: unknown): number {
    if (error instanceof SipError) return error.status;
    parts.report(error);
    return 500;
  }

  const user: TransactionUser = {
    request(transaction) {
      try {
        calls.request(transaction);
      } catch (error) {
        transaction.answer(statusOf(error));
      }
    },
    cancelled: (invite, cancel) => calls.cancelled(invite, cancel),
    acknowledged: (ack, flow) => calls.acknowledged(ack, flow),
    stateless,
  };
  const transactions = createTransactions({ clock, randomId, user });
  const overload = createOverload(clock, parts.overload ?? usualOverload, () => transactions.size);
  const gate = createGate({
    bans,
    report: parts.report,
    receiver: {
      message: (message, flow) => transactions.receive(message, flow),
      closed(flow) {
        transactions.lost(flow);
        bindings.lost(flow);
        calls.roadLost(flow);
      },
    },
  });
  return {
    gate,
    bindings,
    credentials,
    /** Sends requests of calls. */
    transactions,
    /** Knows who sends an INVITE. */
    authenticator,
    /** A wrong password or token came by a road: a strike against its address. */
    wrong,
    /** A log-in has ended: its devices are taken off and their connections closed. */
    revoke: (session: string): void => bindings.revoke(session),
    close: (): void => overload.close(),
  };
}

export type Edge = ReturnType<typeof createEdge>;
