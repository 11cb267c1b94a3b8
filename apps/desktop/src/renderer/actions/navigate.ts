import type { Dialog } from "../state/dialog.ts";
import type { FocusTarget } from "../state/model.ts";
import { home, type Route, type RouteName } from "../state/route.ts";
import { setDialog, setRoute, wishFocus } from "../state/ui.ts";
import type { Client } from "./client.ts";

export const navigate = (client: Client, route: Route): void => client.update((s) => setRoute(s, route));

/** To a place of the rail, with nothing opened in it; the focus goes to its list. */
export function goTo(client: Client, name: RouteName): void {
  navigate(client, emptyRoute(name));
  focusOn(client, "list");
}

function emptyRoute(name: RouteName): Route {
  switch (name) {
    case "inbox":
      return home;
    case "tickets":
      return { name, ticketId: null };
    case "customers":
      return { name, customerId: null };
    case "reports":
      return { name };
    case "floor":
      return { name, queueId: null };
    case "settings":
      return { name, section: null };
  }
}

export const openDialog = (client: Client, dialog: Dialog): void =>
  client.update((s) => setDialog(s, dialog));

export const closeDialog = (client: Client): void => client.update((s) => setDialog(s, null));

export const focusOn = (client: Client, target: FocusTarget): void =>
  client.update((s) => wishFocus(s, target));

export const answerFocus = (client: Client): void => client.update((s) => wishFocus(s, null));
