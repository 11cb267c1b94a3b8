import type { Ticket } from "@tongdai/shared";
import { CalendarClock, Check, CircleDot, Link2, MessageSquareText, UserRound } from "lucide-react";
import { lazy } from "react";
import { editTicket } from "../../actions/edit-ticket.ts";
import { focusOn } from "../../actions/navigate.ts";
import type { FocusTarget, State } from "../../state/model.ts";
import { selectTicket } from "../../state/selectors.ts";
import type { Command, Panel } from "../panel.ts";
import { unfoldSide } from "../unfold-side.ts";
import { turned } from "./turned.ts";

function opened(state: State): Ticket | null {
  const { route } = state.ui;
  return route.name === "tickets" && route.ticketId !== null ? selectTicket(state, route.ticketId) : null;
}

const isOpen = (state: State) => opened(state) !== null;
/** A closed ticket is changed no more. */
const mayChange = (state: State) => isOpen(state) && opened(state)?.status !== "closed";

const reach =
  (target: FocusTarget): Command["run"] =>
  (client) => {
    unfoldSide(client);
    focusOn(client, target);
  };

const commands: readonly Command[] = [
  {
    id: "ticket.comment",
    label: "shortcuts.ticketComment",
    icon: MessageSquareText,
    shortcut: "ticket.comment",
    isPossible: isOpen,
    run: reach("ticket_comment"),
  },
  {
    id: "ticket.status",
    label: "shortcuts.ticketStatus",
    icon: CircleDot,
    shortcut: "ticket.status",
    isPossible: mayChange,
    run: reach("ticket_status"),
  },
  {
    id: "ticket.owner",
    label: "shortcuts.ticketOwner",
    icon: UserRound,
    shortcut: "ticket.owner",
    isPossible: mayChange,
    run: reach("ticket_owner"),
  },
  {
    id: "ticket.due",
    label: "shortcuts.ticketDue",
    icon: CalendarClock,
    shortcut: "ticket.due",
    isPossible: mayChange,
    run: reach("ticket_due"),
  },
  {
    id: "ticket.link",
    label: "shortcuts.ticketLink",
    icon: Link2,
    shortcut: "ticket.link",
    isPossible: isOpen,
    run: reach("ticket_link"),
  },
  {
    id: "ticket.solve",
    label: "shortcuts.ticketSolve",
    icon: Check,
    shortcut: "ticket.solve",
    isPossible: mayChange,
    run: async (client) => {
      const ticket = opened(client.store.getState());
      if (ticket) await editTicket(client, ticket.id, { status: turned(ticket) });
    },
  },
];

/** One ticket, beside the list of them. */
export const panel: Panel = {
  id: "ticket",
  slots: { tickets: "side" },
  component: lazy(() => import("./ticket.tsx")),
  commands,
};
