/** Who is who: digest authentication and the short-lived credentials that it asks for. */
export { type Authenticator, createAuthenticator, type Verdict } from "./authenticator.ts";
export { type Credentials, createCredentials, type Login } from "./credentials.ts";
export { digest, ha1 } from "./digest.ts";
