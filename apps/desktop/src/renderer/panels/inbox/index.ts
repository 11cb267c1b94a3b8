import { Inbox as InboxIcon } from "lucide-react";
import { lazy } from "react";
import { setInboxFilter } from "../../actions/load-inbox.ts";
import { focusOn, goTo } from "../../actions/navigate.ts";
import { selectMentions, selectUnread } from "../../state/selectors.ts";
import type { Command, Panel } from "../panel.ts";

const commands: readonly Command[] = [
  {
    id: "inbox.search",
    label: "shortcuts.search",
    shortcut: "search",
    run: (client) => {
      if (client.store.getState().ui.route.name !== "inbox") goTo(client, "inbox");
      focusOn(client, "search");
    },
  },
  { id: "inbox.mine", label: "inbox.filters.mine", run: (c) => setInboxFilter(c, { view: "mine" }) },
  { id: "inbox.waiting", label: "inbox.filters.waiting", run: (c) => setInboxFilter(c, { view: "waiting" }) },
  { id: "inbox.all", label: "inbox.filters.all", run: (c) => setInboxFilter(c, { view: "all" }) },
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
