import { useEffect } from "react";
import { openDialog } from "../actions/navigate.ts";
import { useClient } from "../actions/react-client.ts";
import { selectAgent, selectHasUnfinished } from "../state/selectors.ts";

/**
 * Closing the page with unfinished work is asked about: by the browser, or by the window of the desktop client, in their own
 * words. Whoever stays finds our question, with what can be done.
 */
export function useLeaveGuard(): void {
  const client = useClient();
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      const state = client.store.getState();
      if (state.session.status !== "in" || !selectHasUnfinished(state)) return;
      if ((selectAgent(state)?.state ?? "offline") === "offline") return;
      event.preventDefault();
      openDialog(client, { kind: "sign_off", next: "close" });
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [client]);
}
