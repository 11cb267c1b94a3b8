import { useEffect } from "react";
import { takeNumber } from "../actions/dial.ts";
import { navigate } from "../actions/navigate.ts";
import { openConversation } from "../actions/open-conversation.ts";
import { useClient, useSelect } from "../actions/react-client.ts";
import { formatRoute, parseRoute } from "../state/route.ts";

/** The address bar and the state say the same; back and forward work, and so do a notification and a link from outside. */
export function useHash(): void {
  const client = useClient();
  const hash = useSelect((s) => formatRoute(s.ui.route));
  useEffect(() => {
    const follow = () => navigate(client, parseRoute(window.location.hash));
    // The address may have changed between the making of the state and now.
    follow();
    window.addEventListener("popstate", follow);
    window.addEventListener("hashchange", follow);
    const undo = [
      client.desktop?.onOpenConversation((id) => openConversation(client, id)),
      client.desktop?.onFindNumber((number) => takeNumber(client, number)),
    ];
    return () => {
      window.removeEventListener("popstate", follow);
      window.removeEventListener("hashchange", follow);
      for (const stop of undo) stop?.();
    };
  }, [client]);
  // After the one above: it must not write over an address that is still to be followed.
  useEffect(() => {
    const now = formatRoute(client.store.getState().ui.route);
    if (hash === now && window.location.hash !== hash) window.history.pushState(null, "", hash);
  }, [client, hash]);
}
