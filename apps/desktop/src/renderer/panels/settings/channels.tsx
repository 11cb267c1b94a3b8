import type { AccountSetup, ChannelAccount, ChannelInfo } from "@tongdai/shared";
import { Plus, Radio } from "lucide-react";
import { useMemo, useState } from "react";
import { listBacklog } from "../../actions/channel-backlog.ts";
import { useSelect } from "../../actions/react-client.ts";
import { useFetched } from "../../actions/use-fetched.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { DropdownMenu } from "../../ui/menu.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { AccountForm } from "./account-form.tsx";
import { ChannelCard } from "./channel-card.tsx";
import { useChannelWords } from "./channel-words.ts";
import { Failed, frame, Page } from "./page.tsx";
import { Versioned } from "./versioned.tsx";

/** What has accounts of its own. */
type Connected = ChannelInfo & { readonly setup: AccountSetup };

const isConnected = (channel: ChannelInfo): channel is Connected => channel.setup !== null;

interface Editing {
  readonly channel: Connected;
  /** `null`: one that is to be connected. */
  readonly account: ChannelAccount | null;
}

/** What connects us to the outside, what ails it, and what to do about it. */
export function Channels() {
  const t = useT();
  const say = useChannelWords();
  const accounts = useSelect((s) => s.people.accounts);
  const channels = useSelect((s) => s.people.channels);
  const { value: backlog, failure, reload } = useFetched(listBacklog);
  const [editing, setEditing] = useState<Editing | null>(null);
  /** One that was just saved: its owner is asked at once. */
  const [consenting, setConsenting] = useState<string | null>(null);
  const shown = useMemo(
    () => Object.values(accounts).sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name)),
    [accounts],
  );
  const edit = (account: ChannelAccount) => {
    const channel = channels[account.channel];
    return channel && isConnected(channel) ? () => setEditing({ channel, account }) : undefined;
  };
  const connect = (
    <DropdownMenu
      align="end"
      trigger={
        <Button variant="primary" icon={Plus}>
          {t("admin.channels.connect")}
        </Button>
      }
      entries={Object.values(channels)
        .filter(isConnected)
        .map((channel) => ({
          id: channel.id,
          label: say(channel.setup.connect),
          icon: <ChannelIcon channel={channel.id} size={16} />,
          onSelect: () => setEditing({ channel, account: null }),
        }))}
    />
  );
  return (
    <Page title={t("settings.channels.title")} lead={t("admin.channels.lead")} action={connect}>
      {backlog === null && failure !== null && (
        <Failed title={t("admin.backlog.failed")} failure={failure} onRetry={reload} />
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
              backlog={backlog?.find((b) => b.accountId === account.id) ?? null}
              onChanged={reload}
              startsConsent={account.id === consenting}
              onEdit={edit(account)}
            />
          ))}
        </ul>
      )}
      {editing !== null && (
        <Versioned
          opened={editing.account}
          current={editing.account ? accounts[editing.account.id] : undefined}
        >
          {(account) => (
            <AccountForm
              channel={editing.channel}
              account={account}
              onClose={() => setEditing(null)}
              onConsent={setConsenting}
              onChecked={reload}
            />
          )}
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
