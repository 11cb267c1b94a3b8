import { CheckCheck, Coffee, FilterX, Inbox, WifiOff } from "lucide-react";
import { setInboxFilter } from "../../actions/load-inbox.ts";
import { useClient, useRun, useSelect } from "../../actions/react-client.ts";
import { setAgentState } from "../../actions/set-agent-state.ts";
import { useT } from "../../i18n/index.ts";
import type { InboxFilter } from "../../state/inbox-filter.ts";
import { selectAgent, selectList, waitingFilter } from "../../state/selectors.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { isPaused, pausedText } from "./paused.tsx";

interface InboxEmptyProps {
  readonly filter: InboxFilter;
  /** Nothing could be fetched yet. */
  readonly isOffline: boolean;
}

/** Says what will come here, and the one thing to do. */
export function InboxEmpty({ filter, isOffline }: InboxEmptyProps) {
  const t = useT();
  const client = useClient();
  if (isOffline)
    return (
      <EmptyState icon={WifiOff} title={t("desk.list.offlineTitle")} body={t("desk.list.offlineBody")} />
    );
  if (filter.unread || filter.mentioned || filter.channel)
    return (
      <EmptyState
        icon={filter.unread ? CheckCheck : FilterX}
        title={filter.unread ? t("inbox.empty.unreadTitle") : t("inbox.empty.filteredTitle")}
        {...(filter.unread ? { body: t("inbox.empty.unreadBody") } : {})}
        action={
          <Button onClick={() => setInboxFilter(client, { unread: false, mentioned: false, channel: null })}>
            {t("inbox.empty.filteredAction")}
          </Button>
        }
      />
    );
  switch (filter.view) {
    case "mine":
      return <MineEmpty />;
    case "waiting":
      return (
        <EmptyState icon={Coffee} title={t("inbox.empty.waitingTitle")} body={t("inbox.empty.waitingBody")} />
      );
    case "open":
      return <EmptyState icon={Inbox} title={t("desk.list.openTitle")} body={t("desk.list.openBody")} />;
    case "all":
      return <EmptyState icon={Inbox} title={t("desk.list.allTitle")} body={t("desk.list.allBody")} />;
  }
}

function MineEmpty() {
  const t = useT();
  const client = useClient();
  const run = useRun();
  const agent = useSelect(selectAgent);
  const rules = useSelect((s) => s.people.stateRules);
  const waiting = useSelect((s) => selectList(s, waitingFilter)?.ids.length ?? 0);
  if (isPaused(agent))
    return (
      <EmptyState
        icon={Inbox}
        title={agent?.reason === "missed" ? t("agent.missedTitle") : t("inbox.empty.mineTitle")}
        body={pausedText(agent, rules, t)}
        action={
          <Button
            variant="primary"
            shortcut="agent.available"
            onClick={() => run((c) => setAgentState(c, { state: "available" }))}
          >
            {t("agent.backToWork")}
          </Button>
        }
      />
    );
  return (
    <EmptyState
      icon={Inbox}
      title={t("inbox.empty.mineTitle")}
      body={t("inbox.empty.mineBody")}
      {...(waiting > 0
        ? {
            action: (
              <Button onClick={() => setInboxFilter(client, { view: "waiting" })}>
                {t("inbox.empty.mineAction")}
              </Button>
            ),
          }
        : {})}
    />
  );
}
