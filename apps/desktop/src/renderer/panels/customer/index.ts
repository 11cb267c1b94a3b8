import { TicketPlus } from "lucide-react";
import { lazy } from "react";
import { openDialog } from "../../actions/navigate.ts";
import type { State } from "../../state/model.ts";
import type { Command, Panel } from "../panel.ts";

const openedCustomer = ({ ui: { route } }: State): string | null =>
  route.name === "customers" ? route.customerId : null;

const commands: readonly Command[] = [
  {
    id: "customer.ticket",
    label: "shortcuts.ticket",
    icon: TicketPlus,
    shortcut: "ticket",
    isPossible: (state) => openedCustomer(state) !== null,
    run: (client) => {
      const customerId = openedCustomer(client.store.getState());
      if (customerId) openDialog(client, { kind: "customer_ticket", customerId });
    },
  },
];

/** Who this is: beside the work, and wide where customers are looked up. */
export const panel: Panel = {
  id: "customer",
  slots: { inbox: "side", customers: "main" },
  component: lazy(() => import("./customer.tsx")),
  commands,
};
