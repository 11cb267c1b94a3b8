import type { Authenticator } from "../auth/index.ts";
import type { Flow } from "../flow.ts";
import { type Header, header, type ReceivedRequest } from "../message/index.ts";
import { assertedBy, type Caller, proven, targetOf, visiting } from "./caller.ts";
import type { Trunks } from "./trunks.ts";
import type { WebTokens } from "./web-tokens.ts";

export interface AdmissionParts {
  readonly authenticator: Authenticator;
  readonly trunks: Trunks;
  readonly tokens: WebTokens;
  readonly domain: string;
  /** A wrong password or token: a strike against where it came from. */
  readonly wrong: (flow: Flow) => void;
}

export type Admission =
  | { readonly kind: "caller"; readonly caller: Caller }
  | { readonly kind: "refused"; readonly status: number; readonly headers: readonly Header[] };

const refused = (status: number, headers: readonly Header[] = []): Admission => ({
  kind: "refused",
  status,
  headers,
});

/**
 * Who may begin a call. Everybody proves who he is before his INVITE costs anything: a trunk by its address, an agent
 * or a registered trunk by digest, a visitor of a web page by a token (`Authorization: Bearer`, RFC 8898).
 */
export function createAdmission(parts: AdmissionParts) {
  const { authenticator, trunks, tokens, domain, wrong } = parts;

  function admit(invite: ReceivedRequest, flow: Flow): Admission {
    if (header(invite, "max-forwards") === "0") return refused(483);
    // A browser's address is no trunk's: a proxy in front of us, or a desktop beside it, may share one.
    const web = flow.transport === "WS" || flow.transport === "WSS";
    const trunk = web ? undefined : trunks.at(flow.remote.address);
    if (trunk) return known(assertedBy(trunk.id, invite));
    const bearer = /^Bearer +([^ ]{1,1000})$/i.exec(header(invite, "authorization") ?? "")?.[1];
    return bearer === undefined ? byDigest(invite, flow) : byToken(bearer, invite, flow);
  }

  function byDigest(invite: ReceivedRequest, flow: Flow): Admission {
    const verdict = authenticator.verify(invite);
    if (verdict.kind === "challenge") {
      if (verdict.wrong) wrong(flow);
      return refused(401, verdict.headers);
    }
    const { user, session } = verdict.login;
    const trunk = trunks.of(user);
    if (trunk) return known(assertedBy(trunk.id, invite));
    // Nobody calls in another's name, and nobody's call is shown as another's.
    const { uri } = invite.from;
    if (uri.kind !== "sip" || uri.user !== user || uri.host !== domain) return refused(403);
    return known({ ...proven(user, invite), session });
  }

  function byToken(bearer: string, invite: ReceivedRequest, flow: Flow): Admission {
    // The address is looked at first: a mistake of the page does not use its token up.
    const target = targetOf(invite);
    const visit = tokens.take(bearer);
    if (!visit) wrong(flow);
    if (visit?.target !== target) return refused(403);
    return known(visiting(visit, invite));
  }

  return { admit };
}

const known = (caller: Caller): Admission => ({ kind: "caller", caller });
