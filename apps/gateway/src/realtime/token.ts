/** The name under which browsers carry the session. */
export const SESSION_COOKIE = "tongdai_session";

/** The session token in a Cookie header, if any. */
export function tokenOf(cookie: string | undefined): string | undefined {
  for (const pair of cookie?.split(";") ?? []) {
    const [name, ...value] = pair.trim().split("=");
    if (name === SESSION_COOKIE) return value.join("=");
  }
  return undefined;
}
