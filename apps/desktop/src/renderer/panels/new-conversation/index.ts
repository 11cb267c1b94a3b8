import { MessageSquarePlus } from "lucide-react";
import { lazy } from "react";
import { openDialog } from "../../actions/navigate.ts";
import { mayBegin } from "../../state/accounts.ts";
import type { Panel } from "../panel.ts";

/** Writing first to somebody, from wherever: it lies over everything. */
export const panel: Panel = {
  id: "new-conversation",
  overlay: true,
  component: lazy(() => import("./new-conversation.tsx")),
  commands: [
    {
      id: "conversation.new",
      label: "shortcuts.newConversation",
      icon: MessageSquarePlus,
      shortcut: "conversation.new",
      isPossible: mayBegin,
      run: (client) => openDialog(client, { kind: "new_conversation" }),
    },
  ],
};
