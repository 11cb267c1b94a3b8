import type { Webhook } from "@tongdai/shared";
import { Plus, Webhook as WebhookIcon } from "lucide-react";
import { useMemo, useState } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useFetched } from "../../actions/use-fetched.ts";
import { countWaiting } from "../../actions/webhooks.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { frame, Page } from "./page.tsx";
import { WebhookCard } from "./webhook-card.tsx";
import { WebhookForm } from "./webhook-form.tsx";
import { WebhookLog } from "./webhook-log.tsx";
import { type NewSecret, WebhookSecret } from "./webhook-secret.tsx";

/** Who outside of the house is told what, how that goes, and what was sent. */
export function Webhooks() {
  const t = useT();
  const webhooks = useSelect((s) => s.people.webhooks);
  const { value: waiting, reload } = useFetched(countWaiting);
  const [editing, setEditing] = useState<Webhook | "new" | null>(null);
  const [logged, setLogged] = useState<Webhook | null>(null);
  const [secret, setSecret] = useState<NewSecret | null>(null);
  const shown = useMemo(
    () => Object.values(webhooks).sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name)),
    [webhooks],
  );
  return (
    <Page
      title={t("settings.webhooks.title")}
      lead={t("webhook.lead")}
      action={
        <Button variant="primary" icon={Plus} onClick={() => setEditing("new")}>
          {t("webhook.add")}
        </Button>
      }
    >
      {shown.length === 0 ? (
        <EmptyState icon={WebhookIcon} title={t("webhook.empty")} body={t("webhook.emptyBody")} />
      ) : (
        <ul className={frame}>
          {shown.map((webhook) => (
            <WebhookCard
              key={webhook.id}
              webhook={webhook}
              waiting={waiting?.[webhook.id] ?? 0}
              onEdit={() => setEditing(webhook)}
              onLog={() => setLogged(webhook)}
              onSecret={setSecret}
            />
          ))}
        </ul>
      )}
      {editing !== null && (
        <WebhookForm
          webhook={editing === "new" ? null : editing}
          onSecret={setSecret}
          onClose={() => setEditing(null)}
        />
      )}
      {logged !== null && (
        <WebhookLog
          webhook={logged}
          onClose={() => {
            setLogged(null);
            reload();
          }}
        />
      )}
      {secret !== null && <WebhookSecret {...secret} onClose={() => setSecret(null)} />}
    </Page>
  );
}

/** What needs somebody comes first. */
const rank = ({ ended, failingSince }: Webhook): number => (ended === null && failingSince === null ? 1 : 0);
