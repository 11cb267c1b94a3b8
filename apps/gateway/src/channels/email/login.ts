import { AppError, type Clock } from "@tongdai/shared";
import { z } from "zod";
import type { Credentials } from "../channel.ts";
import type { EmailConfig } from "./config.ts";

/** What a server is told of who we are. */
export type Login =
  | { readonly user: string; readonly pass: string }
  | { readonly user: string; readonly accessToken: string };

export interface LoginSource {
  /** Throws `channel_paused` when nobody can be any more, `unavailable` when that cannot be asked. */
  current(): Promise<Login>;
  /** After a server has refused this one; `null`: there is no other. Throws as `current`. */
  instead(refused: Login): Promise<Login | null>;
}

interface Deps {
  readonly credentials: Credentials;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
}

const Kept = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  /** Epoch milliseconds. */
  expiresAt: z.number(),
  /** The configured one that the chain began with. */
  given: z.string(),
});
type Kept = z.infer<typeof Kept>;

const Granted = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
  refresh_token: z.string().min(1).optional(),
});
const Refused = z.object({ error: z.string(), error_description: z.string().optional() });

const RENEW_BEFORE_MS = 5 * 60_000;
const TIMEOUT_MS = 20_000;

/** Sources: Google, "OAuth 2.0 mechanism" of Gmail; Microsoft, "Authenticate an IMAP, POP or SMTP connection using OAuth". */
const PROVIDERS = {
  google: { url: () => "https://oauth2.googleapis.com/token", scope: null },
  microsoft: {
    url: (c: EmailConfig) => `https://login.microsoftonline.com/${c.tenant}/oauth2/v2.0/token`,
    scope:
      "offline_access https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send",
  },
} as const;

/** A password, or tokens that are renewed before they end. */
export function loginSource(config: EmailConfig, deps: Deps): LoginSource {
  const user = config.user ?? config.address;
  const { login } = config;
  if (login === "password") {
    const pass = config.password ?? "";
    return { current: async () => ({ user, pass }), instead: async () => null };
  }
  const given = config.refreshToken ?? "";
  const read = (kept: string): Kept | null => {
    const held = Kept.safeParse(JSON.parse(kept));
    return held.success && held.data.given === given ? held.data : null;
  };

  async function renewed(stale: string | null): Promise<Login> {
    const made = await deps.credentials.replace(stale, async (kept) => {
      const refreshToken = (kept === null ? null : read(kept)?.refreshToken) ?? given;
      const granted = await grant(config, deps, refreshToken);
      return JSON.stringify({
        accessToken: granted.access_token,
        refreshToken: granted.refresh_token ?? refreshToken,
        expiresAt: deps.clock.now() + granted.expires_in * 1000,
        given,
      } satisfies Kept);
    });
    const held = read(made);
    if (!held) throw new AppError("unavailable", "the account is being connected anew");
    return { user, accessToken: held.accessToken };
  }

  return {
    async current() {
      const kept = await deps.credentials.read();
      const held = kept === null ? null : read(kept);
      return held && held.expiresAt - deps.clock.now() > RENEW_BEFORE_MS
        ? { user, accessToken: held.accessToken }
        : renewed(kept);
    },
    async instead(refused) {
      const kept = await deps.credentials.read();
      const held = kept === null ? null : read(kept);
      const isKept = held && "accessToken" in refused && held.accessToken === refused.accessToken;
      return held && !isKept ? { user, accessToken: held.accessToken } : renewed(kept);
    },
  };
}

async function grant(
  config: EmailConfig,
  { fetch: send }: Deps,
  refreshToken: string,
): Promise<z.infer<typeof Granted>> {
  const provider = PROVIDERS[config.login === "microsoft" ? "microsoft" : "google"];
  const body = new URLSearchParams({
    grant_type: "refresh_token",
    refresh_token: refreshToken,
    client_id: config.clientId ?? "",
    ...(config.clientSecret !== undefined && { client_secret: config.clientSecret }),
    ...(provider.scope !== null && { scope: provider.scope }),
  });
  let answer: Response;
  let text: string;
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    answer = await send(config.tokenUrl ?? provider.url(config), { method: "POST", body, signal });
    text = await answer.text();
  } catch {
    throw new AppError("unavailable", "the provider's login does not answer");
  }
  const told = parsed(text);
  const granted = Granted.safeParse(told);
  if (answer.ok && granted.success) return granted.data;
  const refused = Refused.safeParse(told).data;
  // RFC 6749, 5.2: the grant or the app is no longer good; anything else may pass.
  if (refused && /^(invalid_grant|invalid_client|unauthorized_client|access_denied)$/.test(refused.error))
    throw new AppError("channel_paused", `the provider refuses the login: ${refused.error}`, {
      state: "login_needed",
    });
  throw new AppError("unavailable", `the provider's login answered ${answer.status}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
