import type { Webhook } from "@tongdai/shared";
import {
  CircleAlert,
  CircleCheck,
  CircleOff,
  KeyRound,
  type LucideIcon,
  MoreHorizontal,
  Pencil,
  ScrollText,
  Send,
  Trash2,
  TriangleAlert,
} from "lucide-react";
import { useState } from "react";
import { useClient } from "../../actions/react-client.ts";
import { removeWebhook, rotateSecret } from "../../actions/webhooks.ts";
import { useT } from "../../i18n/index.ts";
import { Badge, type Tone } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { AlertDialog } from "../../ui/dialog.tsx";
import { formatDateTime } from "../../ui/format.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { DropdownMenu } from "../../ui/menu.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { useTicking } from "../../ui/ticker.ts";
import type { NewSecret } from "./webhook-secret.tsx";
import { useWebhookTest, WebhookTest } from "./webhook-test.tsx";

type Look = "on" | "failing" | "off" | "ended";

const looks: Record<Look, { readonly tone: Tone; readonly icon: LucideIcon }> = {
  on: { tone: "green", icon: CircleCheck },
  failing: { tone: "amber", icon: TriangleAlert },
  off: { tone: "neutral", icon: CircleOff },
  ended: { tone: "red", icon: CircleAlert },
};

function lookOf({ enabled, ended, failingSince }: Webhook): Look {
  if (!enabled) return ended === null ? "off" : "ended";
  return failingSince === null ? "on" : "failing";
}

interface WebhookCardProps {
  readonly webhook: Webhook;
  readonly waiting: number;
  readonly onEdit: () => void;
  readonly onLog: () => void;
  readonly onSecret: (secret: NewSecret) => void;
}

/** One receiver: how it is, since when, and in words what to do. */
export function WebhookCard({ webhook, waiting, onEdit, onLog, onSecret }: WebhookCardProps) {
  const t = useT();
  const client = useClient();
  const [asking, setAsking] = useState<"rotate" | "remove" | null>(null);
  const { id, name, ended } = webhook;
  const look = lookOf(webhook);
  const { test, send } = useWebhookTest(id);
  const act = () => {
    if (asking === "remove") removeWebhook(client, id).catch(client.report);
    else rotateSecret(client, id).then((secret) => onSecret({ name, secret }), client.report);
    setAsking(null);
  };
  return (
    <li className="px-4 py-3">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-2">
            <span className="min-w-0 truncate font-medium">{neutralise(name)}</span>
            <Badge tone={looks[look].tone} icon={looks[look].icon}>
              {t(`webhook.state.${look}`)}
            </Badge>
          </p>
          <p className="truncate text-small text-ink-2" title={webhook.url}>
            {neutralise(webhook.url)}
          </p>
          <p className="text-small text-ink-3">
            {[
              t("webhook.count", { count: webhook.events.length }),
              ...(waiting > 0 ? [t("webhook.waiting", { count: waiting })] : []),
            ].join(" · ")}
          </p>
        </div>
        <Button size="small" icon={ScrollText} onClick={onLog}>
          {t("webhook.log")}
        </Button>
        <Button size="small" icon={Send} loading={test.state === "waiting"} onClick={send}>
          {t("webhook.test")}
        </Button>
        <DropdownMenu
          align="end"
          trigger={<IconButton icon={MoreHorizontal} label={t("common.more")} />}
          entries={[
            { id: "edit", label: t("webhook.edit"), icon: Pencil, onSelect: onEdit },
            {
              id: "rotate",
              label: t("webhook.secret.rotate"),
              icon: KeyRound,
              onSelect: () => setAsking("rotate"),
            },
            {
              id: "remove",
              label: t("common.remove"),
              icon: Trash2,
              danger: true,
              onSelect: () => setAsking("remove"),
            },
          ]}
        />
      </div>
      <WebhookTest test={test} />
      <Facts webhook={webhook} />
      {ended !== null && !webhook.enabled && (
        <p className="mt-2 rounded-ui bg-red-soft px-2 py-1.5 text-small text-pretty text-red-ink">
          {t(`webhook.end.${ended}`)}
        </p>
      )}
      {asking !== null && (
        <AlertDialog
          open
          onOpenChange={(open) => !open && setAsking(null)}
          title={asking === "remove" ? t("webhook.remove", { name }) : t("webhook.secret.rotate")}
          body={t(asking === "remove" ? "webhook.removeBody" : "webhook.secret.rotateBody")}
          confirm={asking === "remove" ? t("common.remove") : t("webhook.secret.rotate")}
          danger={asking === "remove"}
          onConfirm={act}
        />
      )}
    </li>
  );
}

/** A time that is over is told no more. */
const ahead = (at: number | null, now: number): number | null => (at !== null && at > now ? at : null);

function Facts({ webhook }: { readonly webhook: Webhook }) {
  const t = useT();
  const nextTry = useTicking((now) => ahead(webhook.enabled ? webhook.restUntil : null, now));
  const oldUntil = useTicking((now) => ahead(webhook.oldSecretUntil, now));
  const facts = [
    [t("webhook.lastSuccess"), webhook.lastSuccessAt],
    [t("webhook.failingSince"), webhook.failingSince],
    [t("webhook.nextTry"), nextTry],
    [t("webhook.secret.oldUntil"), oldUntil],
  ] as const;
  const shown = facts.filter(([, at]) => at !== null);
  return shown.length === 0 ? null : (
    <dl className="mt-2 grid grid-cols-[11rem_minmax(0,1fr)] gap-x-3 gap-y-1 text-small">
      {shown.map(([label, at]) => (
        <div key={label} className="contents">
          <dt className="text-ink-3">{label}</dt>
          <dd className="tabular">{formatDateTime(at ?? 0)}</dd>
        </div>
      ))}
    </dl>
  );
}
