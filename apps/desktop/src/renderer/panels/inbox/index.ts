import { Inbox as InboxIcon, Search } from "lucide-react";
import { lazy } from "react";
import { setInboxFilter } from "../../actions/load-inbox.ts";
import { focusOn, goTo } from "../../actions/navigate.ts";
import { selectMentions, selectUnread } from "../../state/selectors.ts";
import type { Command, Panel } from "../panel.ts";

const commands: readonly Command[] = [
  {
    id: "inbox.search",
    label: "shortcuts.search",
    icon: Search,
    shortcut: "search",
    run: (client) => {
      if (client.store.getState().ui.route.name !== "inbox") goTo(client, "inbox");
      focusOn(client, "search");
    },
  },
  ...(["mine", "waiting", "open", "all"] as const).map(
    (view): Command => ({
      id: `inbox.${view}`,
      label: `desk.view.show.${view}`,
      icon: InboxIcon,
      run(client) {
        if (client.store.getState().ui.route.name !== "inbox") goTo(client, "inbox");
        setInboxFilter(client, { view });
      },
    }),
  ),
];

export const panel: Panel = {
  id: "inbox",
  slots: { inbox: "list" },
  rail: {
    route: "inbox",
    label: "common.nav.inbox",
    icon: InboxIcon,
    shortcut: "go.inbox",
    permission: "work",
    count: selectUnread,
    mentions: selectMentions,
  },
  component: lazy(() => import("./inbox.tsx")),
  commands,
};
