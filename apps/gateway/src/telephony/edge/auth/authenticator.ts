import {
  type AuthValue,
  type Header,
  headerValues,
  parseAuth,
  quote,
  type ReceivedRequest,
  SipError,
} from "../message/index.ts";
import type { CredentialsOf, Login } from "./credentials.ts";
import { type Algorithm, algorithmOf, digest, ha1, sameText } from "./digest.ts";
import { createNonces, type NonceParts } from "./nonce.ts";

export type Verdict =
  | { readonly kind: "known"; readonly login: Login }
  /** 401 with these headers. `wrong` says that a password was tried and did not fit. */
  | { readonly kind: "challenge"; readonly headers: readonly Header[]; readonly wrong: boolean };

export interface AuthenticatorParts extends NonceParts {
  readonly realm: string;
  readonly credentials: CredentialsOf;
  /**
   * One challenge for each; an answer by any that we know is taken. MD5 alone unless told otherwise: SIP.js 0.21.2 gives
   * up when another is offered beside it. The passwords are 160 bits that nobody can guess.
   */
  readonly offer?: readonly Algorithm[];
  /** Whether a log-in has been ended. */
  readonly revoked: (session: string) => boolean;
}

/** Digest authentication (RFC 7616, RFC 8760, RFC 3261 22) with qop=auth and every count taken once. */
export function createAuthenticator({
  realm,
  credentials,
  revoked,
  offer = ["MD5"],
  ...parts
}: AuthenticatorParts) {
  const nonces = createNonces(parts);

  function challenge(stale: boolean, wrong: boolean): Verdict {
    const nonce = nonces.make();
    const flag = stale ? ", stale=true" : "";
    const headers = offer.map((algorithm) => ({
      name: "www-authenticate",
      value: `Digest realm=${quote(realm)}, nonce="${nonce}", algorithm=${algorithm}, qop="auth"${flag}`,
    }));
    return { kind: "challenge", headers, wrong };
  }

  function verify(request: ReceivedRequest): Verdict {
    const given = headerValues(request, "authorization")
      .flatMap(readable)
      .find((a) => a.scheme === "digest" && a.params.get("realm") === realm);
    if (!given) return challenge(false, false);
    const login = credentials.read(given.params.get("username") ?? "");
    if (!login || revoked(login.session) || !fits(given, request.method)) return challenge(false, true);
    // Only now, so that nobody uses up another's counts; stale=true tells the client to try again without asking.
    const nonce = given.params.get("nonce") ?? "";
    const count = Number.parseInt(given.params.get("nc") ?? "", 16);
    return nonces.fresh(nonce) && nonces.take(nonce, count)
      ? { kind: "known", login }
      : challenge(true, false);
  }

  function fits({ params }: AuthValue, method: string): boolean {
    const get = (name: string): string => params.get(name) ?? "";
    const algorithm = algorithmOf(params.get("algorithm"));
    // Without qop there is no count, and what was heard once could be said again.
    if (!algorithm || get("qop").toLowerCase() !== "auth" || !/^[0-9a-f]{8}$/i.test(get("nc"))) return false;
    const username = get("username");
    const secret = ha1(algorithm, username, realm, credentials.passwordOf(username));
    const expected = digest({
      algorithm,
      secret,
      method,
      uri: get("uri"),
      nonce: get("nonce"),
      nc: get("nc"),
      cnonce: get("cnonce"),
    });
    return sameText(expected, get("response").toLowerCase());
  }

  return { verify };
}

/** Credentials that cannot be read are none: the challenge says what is wanted. */
function readable(value: string): AuthValue[] {
  try {
    return [parseAuth(value)];
  } catch (error) {
    if (error instanceof SipError) return [];
    throw error;
  }
}

export type Authenticator = ReturnType<typeof createAuthenticator>;
