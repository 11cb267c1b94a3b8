import { useCallback, useEffect, useState } from "react";
import type { Client } from "./client.ts";
import { useClient, useSelect } from "./react-client.ts";
import { unhurried } from "./unhurried.ts";

export interface Loaded {
  /** Why it could not be had, told in the place where it would stand; `null`: it is here, or on its way. */
  readonly failure: unknown;
  readonly retry: () => void;
}

/**
 * Loads what a panel shows: once per key, and again after a snapshot made it stale. Waits for the connection, so that
 * opening a panel while offline fetches as soon as it is back. `load` is an action, not a closure made in the component.
 * @param isWalked the key follows a walk over a list
 */
export function useLoaded(
  key: string | null,
  load: (client: Client, key: string) => Promise<unknown>,
  isWalked = false,
): Loaded {
  const client = useClient();
  const epoch = useSelect((s) => s.connection.epoch);
  const isLive = useSelect((s) => s.connection.status === "live");
  const [failed, setFailed] = useState<{ readonly key: string; readonly cause: unknown } | null>(null);
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new epoch and a new turn are reasons to load again
  useEffect(() => {
    if (key === null || !isLive) return;
    let gone = false;
    const start = () =>
      void load(client, key).then(
        () => !gone && setFailed(null),
        (cause: unknown) => !gone && setFailed({ key, cause }),
      );
    const undo = isWalked ? unhurried({ client, load, key, start }) : start();
    return () => {
      gone = true;
      undo?.();
    };
  }, [client, key, load, isLive, epoch, turn, isWalked]);
  const retry = useCallback(() => {
    setFailed(null);
    setTurn((n) => n + 1);
  }, []);
  return { failure: failed !== null && failed.key === key ? failed.cause : null, retry };
}
