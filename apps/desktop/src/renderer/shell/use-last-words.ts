import { useEffect } from "react";
import { useClient } from "../actions/react-client.ts";
import { saveDrafts } from "../actions/save-draft.ts";

/** The page goes to the back, to sleep or away: what is typed is handed over now, and the line is tried on the way back. */
export function useLastWords(): void {
  const client = useClient();
  useEffect(() => {
    const leave = () => saveDrafts(client);
    const back = () => client.connection.hurry();
    const change = () => (document.visibilityState === "hidden" ? leave() : back());
    window.addEventListener("pagehide", leave);
    window.addEventListener("online", back);
    document.addEventListener("visibilitychange", change);
    const undo = client.desktop?.onPower((event) => (event === "suspend" ? leave() : back()));
    return () => {
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("online", back);
      document.removeEventListener("visibilitychange", change);
      undo?.();
    };
  }, [client]);
}
