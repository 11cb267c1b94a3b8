import { createHmac } from "node:crypto";
import type { Clock } from "@tongdai/shared";

export interface Login {
  /** The user part of the agent's address: letters, digits, `_` and `-`. */
  readonly user: string;
  /** The log-in that they were given to: when it ends, so does what was registered with them. */
  readonly session: string;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Epoch seconds. */
  readonly expires: number;
}

/**
 * Name and password for one log-in, made of nothing but a secret: `<expiry>:<user>:<session>` and its HMAC. The scheme,
 * SHA-1 included, is the one of coturn's `use-auth-secret` and Kamailio's auth_ephemeral, so that both take the same ones.
 */
export function createCredentials(clock: Clock, secret: string) {
  const passwordOf = (username: string): string =>
    createHmac("sha1", secret).update(username).digest("base64");
  return {
    /** @param lifetime milliseconds */
    mint({ user, session }: Login, lifetime: number): Credentials {
      const expires = Math.ceil((clock.now() + lifetime) / 1_000);
      const username = `${expires}:${user}:${session}`;
      return { username, password: passwordOf(username), expires };
    },
    passwordOf,
    /** Who a name stands for; undefined when it is malformed or its time is over. */
    read(username: string): Login | undefined {
      const match = /^([0-9]{1,12}):([A-Za-z0-9_-]{1,64}):([A-Za-z0-9_-]{1,64})$/.exec(username);
      const [, expires = "0", user = "", session = ""] = match ?? [];
      return match && Number(expires) * 1_000 > clock.now() ? { user, session } : undefined;
    },
  };
}

export type CredentialsOf = ReturnType<typeof createCredentials>;
