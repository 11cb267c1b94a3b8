import type { ChannelId } from "@tongdai/shared";
import { Copy } from "lucide-react";
import { gatewayAddress } from "../../actions/gateway-address.ts";
import { useClient } from "../../actions/react-client.ts";
import { useFetched } from "../../actions/use-fetched.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { toast } from "../../ui/toast.tsx";

interface WebhookAddressProps {
  readonly channel: ChannelId;
  readonly appId: string;
}

/** What the vendor must be told, ready to be pasted there. */
export function WebhookAddress({ channel, appId }: WebhookAddressProps) {
  const t = useT();
  const client = useClient();
  const { value: base } = useFetched(gatewayAddress);
  const address = `${base ?? ""}/webhooks/${channel}/${appId || `{${t("admin.facebook.appId")}}`}`;
  const copy = () => {
    navigator.clipboard.writeText(address).then(() => toast(t("common.copied")), client.report);
  };
  return (
    <section aria-label={t("admin.facebook.webhook")} className="rounded-ui bg-sunken p-3">
      <p className="text-small font-medium text-ink-2">{t("admin.facebook.webhook")}</p>
      <div className="mt-1 flex items-center gap-2">
        <code className="min-w-0 flex-1 font-mono text-body wrap-anywhere text-ink select-text">
          {address}
        </code>
        <Button size="small" icon={Copy} disabled={appId === "" || base === null} onClick={copy}>
          {t("common.copy")}
        </Button>
      </div>
      <p className="mt-1 text-small text-pretty text-ink-2">{t("admin.facebook.webhookHint")}</p>
    </section>
  );
}
