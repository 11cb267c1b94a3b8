import { AppError } from "@tongdai/shared";
import type { ChannelDeps, Consent } from "../channel.ts";
import type { ZaloConfig } from "./config.ts";
import { grantByCode, permissionUrl } from "./oauth.ts";
import { keep } from "./tokens.ts";

/** Permission by the vendor's page, with PKCE. Source: Zalo for Developers, "OAuth v4"; see docs/connect/zalo.md. */
export function consentOf(config: ZaloConfig, { fetch, clock }: ChannelDeps): Consent {
  const verifierOf = (made: string): string => config.codeVerifier ?? made;
  return {
    url: ({ redirectUri, verifier, state }) =>
      permissionUrl(config, { redirectUri, state, verifier: verifierOf(verifier) }),
    async redeem(query, { verifier }) {
      const code = query.get("code");
      if (!code) throw new AppError("channel_refused", "no permission was given", { reason: "denied" });
      // One app serves several accounts, and the page lets its reader choose: a code is used up by asking, so look first.
      if (query.get("oa_id") !== config.oaId)
        throw new AppError("channel_refused", "permission was given for another account", {
          reason: "wrong_account",
        });
      const now = clock.now();
      const grant = await grantByCode({ config, fetch }, { code, verifier: verifierOf(verifier) });
      return keep(grant, { now, pasted: config.refreshToken ?? null });
    },
  };
}
