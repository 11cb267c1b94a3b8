import { createContext, useCallback, useContext, useEffect, useState } from "react";
import { useStore } from "zustand";
import type { State } from "../state/model.ts";
import type { Client } from "./client.ts";
import { run } from "./run.ts";
import { unhurried } from "./unhurried.ts";

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

/**
 * Loads what a panel shows: once per key, and again after a snapshot made it stale. Waits for the connection, so that
 * opening a panel while offline fetches as soon as it is back. `load` is an action, not a closure made in the component.
 */
export function useLoad(key: string | null, load: (client: Client, key: string) => Promise<unknown>): void {
  const client = useClient();
  const epoch = useSelect((s) => s.connection.epoch);
  const isLive = useSelect((s) => s.connection.status === "live");
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new epoch is a reason to load again
  useEffect(() => {
    if (key === null || !isLive) return;
    return unhurried({ client, load, key, start: () => run(client, load(client, key)) });
  }, [client, key, load, isLive, epoch]);
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
