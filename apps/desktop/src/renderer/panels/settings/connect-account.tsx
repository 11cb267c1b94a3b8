import { AppError, type ChannelAccount } from "@tongdai/shared";
import { Link2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { consentUrl } from "../../actions/connect-channel-account.ts";
import { useClient } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { toast } from "../../ui/toast.tsx";
import { openLink } from "../open-link.ts";
import { causeText } from "../words.ts";

interface ConnectAccountProps {
  readonly account: ChannelAccount;
  /** At once, as if it had been pressed. */
  readonly starts: boolean;
}

/** Sends the account's owner to the vendor's page, and tells when they have come back. */
export function ConnectAccount({ account, starts }: ConnectAccountProps) {
  const t = useT();
  const client = useClient();
  const [asking, setAsking] = useState(false);
  /** The account as it was when somebody went to the vendor's page: one that is well since later is connected. */
  const [left, setLeft] = useState<ChannelAccount | null>(null);
  const { state, since } = account.health;
  const isBack = left !== null && left.health.since !== since && state === "ok";
  const told = useRef(false);
  useEffect(() => {
    if (!isBack || told.current) return;
    told.current = true;
    setLeft(null);
    toast(t("admin.consent.connected", { name: account.name }), { tone: "success" });
  }, [isBack, account.name, t]);
  const connect = () => {
    setAsking(true);
    told.current = false;
    consentUrl(client, account.id)
      .then(
        (url) => {
          setLeft(account);
          openLink(client, url);
        },
        (cause: unknown) =>
          toast(t("admin.consent.failed"), {
            tone: "error",
            detail: hasNoAddress(cause) ? t("admin.account.noPublicUrl") : causeText(cause, t),
          }),
      )
      .finally(() => setAsking(false));
  };
  const hasStarted = useRef(false);
  useEffect(() => {
    if (!starts || hasStarted.current) return;
    hasStarted.current = true;
    connect();
  });
  if (!account.enabled) return null;
  return (
    <Button
      size="small"
      icon={Link2}
      loading={asking}
      variant={state === "login_needed" ? "primary" : "secondary"}
      onClick={connect}
    >
      <span aria-live="polite">{t(left === null ? "admin.channels.connect" : "admin.consent.waiting")}</span>
    </Button>
  );
}

const hasNoAddress = (cause: unknown): boolean =>
  cause instanceof AppError && cause.details?.["reason"] === "no_public_url";
