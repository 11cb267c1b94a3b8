import { useCallback, useState } from "react";
import type { Client } from "./client.ts";
import { useLoaded } from "./use-loaded.ts";

export interface Fetched<V> {
  /** `null`: not here yet. */
  readonly value: V | null;
  readonly failure: unknown;
  readonly reload: () => void;
}

/** For what only one screen needs and the state does not keep. `fetch` is an action, not a closure made in the component. */
export function useFetched<V>(fetch: (client: Client) => Promise<V>): Fetched<V> {
  const [value, setValue] = useState<V | null>(null);
  const load = useCallback(
    async (client: Client) => {
      const fetched = await fetch(client);
      setValue(() => fetched);
    },
    [fetch],
  );
  const { failure, retry } = useLoaded("", load);
  return { value, failure, reload: retry };
}
