import { createContext, useCallback, useContext, useEffect, useState } from "react";
import { useStore } from "zustand";
import type { State } from "../state/model.ts";
import type { Client } from "./client.ts";
import { run } from "./run.ts";

const ClientContext = createContext<Client | null>(null);

export const ClientProvider = ClientContext.Provider;

export function useClient(): Client {
  const client = useContext(ClientContext);
  if (!client) throw new Error("useClient outside of a ClientProvider");
  return client;
}

/** A part of the state; the component renders when that part is another one. Selectors must not build anew each time. */
export function useSelect<T>(selector: (state: State) => T): T {
  return useStore(useClient().store, selector);
}

/** Runs an action and lets the shell tell of its failure. */
export function useRun(): (action: (client: Client) => Promise<unknown>) => void {
  const client = useClient();
  return useCallback((action) => run(client, action(client)), [client]);
}

/** The address of media on this machine; `null` until it is here, "failed" when it cannot be had. */
export function useMedia(mediaId: string | null, size: "full" | "thumbnail" = "full"): string | null {
  const client = useClient();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (mediaId === null) return;
    let gone = false;
    client.media.url(mediaId, size).then(
      (found) => !gone && setUrl(found),
      () => !gone && setUrl("failed"),
    );
    return () => {
      gone = true;
      setUrl(null);
    };
  }, [client, mediaId, size]);
  return url;
}
