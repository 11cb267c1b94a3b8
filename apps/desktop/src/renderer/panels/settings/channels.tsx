import type { ChannelAccount } from "@tongdai/shared";
import { Plus, Radio } from "lucide-react";
import { useMemo, useState } from "react";
import { listQuarantine } from "../../actions/list-quarantine.ts";
import { useSelect } from "../../actions/react-client.ts";
import { useFetched } from "../../actions/use-fetched.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { ChannelCard } from "./channel-card.tsx";
import { FacebookForm } from "./facebook-form.tsx";
import { Failed, frame, Page } from "./page.tsx";
import { Versioned } from "./versioned.tsx";

/** What connects us to the outside, what ails it, and what to do about it. */
export function Channels() {
  const t = useT();
  const accounts = useSelect((s) => s.people.accounts);
  const { value: quarantine, failure, reload } = useFetched(listQuarantine);
  const [editing, setEditing] = useState<ChannelAccount | "new" | null>(null);
  const shown = useMemo(
    () => Object.values(accounts).sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name)),
    [accounts],
  );
  const connect = (
    <Button variant="primary" icon={Plus} onClick={() => setEditing("new")}>
      {t("admin.channels.connectFacebook")}
    </Button>
  );
  return (
    <Page title={t("settings.channels.title")} lead={t("admin.channels.lead")} action={connect}>
      {quarantine === null && failure !== null && (
        <Failed title={t("admin.quarantine.failed")} failure={failure} onRetry={reload} />
      )}
      {shown.length === 0 ? (
        <EmptyState
          icon={Radio}
          title={t("settings.channels.empty")}
          body={t("settings.channels.emptyBody")}
        />
      ) : (
        <ul className={frame}>
          {shown.map((account) => (
            <ChannelCard
              key={account.id}
              account={account}
              quarantine={quarantine?.find((q) => q.accountId === account.id) ?? null}
              onEdit={() => setEditing(account)}
            />
          ))}
        </ul>
      )}
      {editing !== null && (
        <Versioned
          opened={editing === "new" ? null : editing}
          current={editing === "new" ? undefined : accounts[editing.id]}
        >
          {(account) => <FacebookForm account={account} onClose={() => setEditing(null)} />}
        </Versioned>
      )}
    </Page>
  );
}

/** What needs somebody comes first. */
function rank({ health: { state } }: ChannelAccount): number {
  if (state === "ok") return 1;
  return state === "off" ? 2 : 0;
}
