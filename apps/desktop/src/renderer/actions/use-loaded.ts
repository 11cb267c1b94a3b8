import { useCallback, useEffect, useState } from "react";
import type { Client } from "./client.ts";
import { useClient, useSelect } from "./react-client.ts";

export interface Loaded {
  /** Why it could not be had, told in the place where it would stand; `null`: it is here, or on its way. */
  readonly failure: unknown;
  readonly retry: () => void;
}

/** As `useLoad`, for what tells of its own failure. `load` is an action, not a closure made in the component. */
export function useLoaded(
  key: string | null,
  load: (client: Client, key: string) => Promise<unknown>,
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
    load(client, key).then(
      () => !gone && setFailed(null),
      (cause: unknown) => !gone && setFailed({ key, cause }),
    );
    return () => {
      gone = true;
    };
  }, [client, key, load, isLive, epoch, turn]);
  const retry = useCallback(() => {
    setFailed(null);
    setTurn((n) => n + 1);
  }, []);
  return { failure: failed !== null && failed.key === key ? failed.cause : null, retry };
}
