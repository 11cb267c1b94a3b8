import { Ticket, TicketPlus } from "lucide-react";
import { lazy } from "react";
import { openDialog } from "../../actions/navigate.ts";
import type { Command, Panel } from "../panel.ts";

const commands: readonly Command[] = [
  {
    id: "tickets.create",
    label: "shortcuts.ticket",
    icon: TicketPlus,
    shortcut: "ticket",
    isPossible: (state) => state.ui.route.name === "tickets",
    run: (client) => openDialog(client, { kind: "customer_ticket", customerId: null }),
  },
];

export const panel: Panel = {
  id: "tickets",
  slots: { tickets: "main" },
  rail: {
    route: "tickets",
    label: "common.nav.tickets",
    icon: Ticket,
    shortcut: "go.tickets",
    permission: "work",
  },
  component: lazy(() => import("./tickets.tsx")),
  commands,
};
