import { useCallback } from "react";
import { channelSetup } from "../../actions/channel-setup.ts";
import type { Client } from "../../actions/client.ts";
import { useFetched } from "../../actions/use-fetched.ts";
import { useT } from "../../i18n/index.ts";
import { causeText } from "../words.ts";
import { Pasted } from "./pasted.tsx";

interface WebhookAddressProps {
  /** `null`: not connected yet. */
  readonly accountId: string | null;
  /** As typed: newer than what is stored; empty for what is to stay. */
  readonly path: string;
  readonly verifyToken: string;
}

/** What the vendor must be told, ready to be pasted there. */
export function WebhookAddress({ accountId, path: newPath, verifyToken: newToken }: WebhookAddressProps) {
  const t = useT();
  const fetch = useCallback((client: Client) => channelSetup(client, accountId), [accountId]);
  const { value: setup, failure } = useFetched(fetch);
  const path = newPath || (setup?.webhook?.path ?? "");
  const token = newToken || (setup?.webhook?.verifyToken ?? "");
  const base = setup?.publicUrl ?? null;
  return (
    <section
      aria-label={t("admin.facebook.webhook")}
      aria-busy={setup === null && failure === null}
      className="rounded-ui bg-sunken p-3"
    >
      <dl className="flex flex-col gap-2">
        <Pasted
          label={t("admin.facebook.webhook")}
          shown={path === "" ? t("admin.facebook.webhookNeedsAppId") : `${base ?? "https://…"}${path}`}
          value={base === null || path === "" ? null : base + path}
        />
        <Pasted label={t("admin.facebook.verifyToken")} shown={token} value={token || null} />
      </dl>
      {setup !== null && base === null && (
        <p role="status" className="mt-2 rounded-ui bg-amber-soft px-2 py-1.5 text-small text-amber-ink">
          {t("admin.facebook.noPublicUrl")}
        </p>
      )}
      {failure !== null && (
        <p role="alert" className="mt-2 text-small text-red-ink">
          {causeText(failure, t)}
        </p>
      )}
      <p className="mt-2 text-small text-pretty text-ink-2">{t("admin.facebook.webhookHint")}</p>
    </section>
  );
}
