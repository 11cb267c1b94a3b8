import { createB2bua, type Desk, type MediaRelay } from "./b2bua/index.ts";
import { createEdge, type EdgeParts, usualBans } from "./edge.ts";
import { type Caller, createAdmission, createTrunks, createWebTokens, type Trunk } from "./policy/index.ts";
import type { BindingChange } from "./registrar/index.ts";

export interface ExchangeParts extends Omit<EdgeParts, "calls"> {
  readonly desk: Desk;
  readonly trunks: readonly Trunk[];
  /** What a device is shown of who calls, in From; absent: all that is known. */
  readonly shown?: (caller: Caller) => Caller["from"];
  /** Stands between the media of callers from outside and of our people; absent: they go directly. */
  readonly relay?: MediaRelay;
  /** A device came, moved or went; the calls know already. */
  readonly bound?: (change: BindingChange) => void;
}

/** The edge with its calls: who may call is let in, and what becomes of a call the desk decides. */
export function createExchange(parts: ExchangeParts) {
  const { clock, domain, randomId, desk } = parts;
  const tokens = createWebTokens(clock, parts.secret);
  const trunks = createTrunks(parts.trunks);
  const calls = createB2bua({
    clock,
    domain,
    randomId,
    desk,
    report: parts.report,
    ...(parts.relay && { relay: parts.relay }),
    ...(parts.shown && { shown: parts.shown }),
    send: (request, flow, user) => edge.transactions.request(request, flow, user),
    acknowledge: (ack, flow) => edge.transactions.acknowledge(ack, flow),
    admit: (invite, flow) => admission.admit(invite, flow),
  });
  const edge = createEdge({
    ...parts,
    // Everybody calls by a trunk: one who sends garbage must not shut out the rest.
    bans: { ...usualBans, trusted: (address) => trunks.at(address) !== undefined, ...parts.bans },
    calls: {
      ...calls,
      bound(change) {
        calls.bound(change);
        parts.bound?.(change);
      },
    },
  });
  const admission = createAdmission({
    authenticator: edge.authenticator,
    trunks,
    tokens,
    domain,
    wrong: edge.wrong,
  });
  return { edge, calls, tokens };
}
