import { panel as call } from "../panels/call/index.ts";
import { panel as conversation } from "../panels/conversation/index.ts";
import { panel as customer } from "../panels/customer/index.ts";
import { panel as customers } from "../panels/customers/index.ts";
import { panel as dial } from "../panels/dial/index.ts";
import { panel as floor } from "../panels/floor/index.ts";
import { panel as inbox } from "../panels/inbox/index.ts";
import { panel as newConversation } from "../panels/new-conversation/index.ts";
import { panel as newTicket } from "../panels/new-ticket/index.ts";
import { panel as offer } from "../panels/offer/index.ts";
import type { Panel, Slot } from "../panels/panel.ts";
import { panel as reports } from "../panels/reports/index.ts";
import { panel as settings } from "../panels/settings/index.ts";
import { panel as ticket } from "../panels/ticket/index.ts";
import { panel as tickets } from "../panels/tickets/index.ts";
import type { State } from "../state/model.ts";
import type { RouteName } from "../state/route.ts";
import { can } from "../state/selectors.ts";

/** Every panel of the program, in the order of the rail. A new one is a folder under panels/ and a line here. */
export const panels: readonly Panel[] = [
  inbox,
  conversation,
  customer,
  tickets,
  ticket,
  customers,
  floor,
  newConversation,
  newTicket,
  dial,
  reports,
  settings,
  offer,
  call,
];

export const panelAt = (route: RouteName, slot: Slot): Panel | undefined =>
  panels.find((panel) => panel.slots?.[route] === slot);

/** Whether a place is this person's: the rail shows no other, but an address or a key may name one. */
export function isOpenTo(state: State, route: RouteName): boolean {
  const permission = panels.find((panel) => panel.rail?.route === route)?.rail?.permission ?? null;
  // Before the first snapshot nobody's permissions are known.
  return permission === null || state.session.permissions.length === 0 || can(state, permission);
}
