import type { ChannelAccount, Webhook } from "@tongdai/shared";
import { navigate } from "../actions/navigate.ts";
import { useClient, useSelect } from "../actions/react-client.ts";
import { type T, useT } from "../i18n/index.ts";
import {
  can,
  selectAlarmedAccounts,
  selectEndedWebhooks,
  selectHeld,
  selectTroubledAccounts,
} from "../state/selectors.ts";
import { formatDateTime, formatTime } from "../ui/format.ts";
import { neutralise } from "../ui/safe-text.ts";
import { Banner } from "../ui/states.tsx";
import { useTicking } from "../ui/ticker.ts";

/** What is wrong with the world, in one line each: the connection first, then the channels. */
export function Banners() {
  const accounts = useSelect(selectTroubledAccounts);
  const alarmed = useSelect(selectAlarmedAccounts);
  const webhooks = useSelect(selectEndedWebhooks);
  return (
    <>
      <ConnectionBanner />
      {accounts.map((account) => (
        <HealthBanner key={account.id} account={account} />
      ))}
      {alarmed.map((account) => (
        <AlarmBanner key={account.id} account={account} />
      ))}
      {webhooks.map((webhook) => (
        <WebhookBanner key={webhook.id} webhook={webhook} />
      ))}
    </>
  );
}

/** A blink of the network is not worth a banner. */
const patienceMs = 1_500;

function ConnectionBanner() {
  const t = useT();
  const client = useClient();
  const { status, since, epoch, skew } = useSelect((s) => s.connection);
  const held = useSelect(selectHeld);
  const isLong = useTicking((now) => now - skew - since > patienceMs);
  const count = held > 0 ? t("common.connection.held", { count: held }) : t("common.connection.nothingHeld");
  if (status === "outdated")
    return (
      <Banner tone="danger" action={{ label: t("common.refresh"), onClick: () => window.location.reload() }}>
        {t("common.connection.updateNeeded")}
      </Banner>
    );
  if (status === "live" || !isLong) return null;
  if (status === "offline")
    return (
      <Banner
        tone="warning"
        detail={count}
        action={{ label: t("common.connection.retryNow"), onClick: client.connection.hurry }}
      >
        {t("common.connection.offlineSince", { time: formatTime(since, { seconds: true }) })}
      </Banner>
    );
  if (status === "behind" && epoch > 0) return <Banner tone="info">{t("common.connection.behind")}</Banner>;
  return <Banner tone="info">{t("common.connection.connecting")}</Banner>;
}

/** What will be trouble concerns only who can do something about it. */
function AlarmBanner({ account }: { readonly account: ChannelAccount }) {
  const t = useT();
  const client = useClient();
  const mayManage = useSelect((s) => can(s, "channels.manage"));
  const [alarm] = account.alarms;
  if (!mayManage || !alarm) return null;
  return (
    <Banner
      tone={alarm.level}
      action={{
        label: t("desk.health.fix"),
        onClick: () => navigate(client, { name: "settings", section: "channels" }),
      }}
    >
      {t(`alarm.banner.${alarm.kind}`, {
        name: neutralise(account.name),
        time: alarm.at === null ? "" : formatDateTime(alarm.at),
        of: t(`alarm.low.${alarm.of ?? "messages"}`),
      })}
    </Banner>
  );
}

/** Only who manages webhooks knows of any. */
function WebhookBanner({ webhook }: { readonly webhook: Webhook }) {
  const t = useT();
  const client = useClient();
  return (
    <Banner
      tone="danger"
      action={{
        label: t("webhook.fix"),
        onClick: () => navigate(client, { name: "settings", section: "webhooks" }),
      }}
    >
      {t("webhook.banner", { name: neutralise(webhook.name) })}
    </Banner>
  );
}

function HealthBanner({ account }: { readonly account: ChannelAccount }) {
  const t = useT();
  const client = useClient();
  const mayManage = useSelect((s) => can(s, "channels.manage"));
  const words = healthText(account, t);
  if (words === null) return null;
  return (
    <Banner
      tone={account.health.state === "silent" ? "warning" : "danger"}
      detail={t("desk.health.since", { time: formatTime(account.health.since) })}
      {...(mayManage
        ? {
            action: {
              label: t("desk.health.fix"),
              onClick: () => navigate(client, { name: "settings", section: "channels" }),
            },
          }
        : {})}
    >
      {words}
    </Banner>
  );
}

function healthText({ name, health }: ChannelAccount, t: T): string | null {
  switch (health.state) {
    case "silent":
    case "login_needed":
    case "restricted":
    case "unreachable":
    case "disabled":
      return t(`desk.health.${health.state}`, { name });
    case "ok":
    case "off":
      return null;
  }
}
