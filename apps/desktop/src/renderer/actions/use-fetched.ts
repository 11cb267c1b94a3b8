import { useCallback, useRef, useState } from "react";
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
  const newest = useRef({ fetch, asked: 0, shown: 0 });
  const load = useCallback(
    async (client: Client) => {
      const turn = newest.current.asked + 1;
      newest.current = { ...newest.current, fetch, asked: turn };
      const fetched = await fetch(client);
      // Another question was asked since, or a later answer to this one is here already.
      if (newest.current.fetch !== fetch || turn < newest.current.shown) return;
      newest.current = { ...newest.current, shown: turn };
      setValue(() => fetched);
    },
    [fetch],
  );
  const { failure, retry } = useLoaded("", load);
  return { value, failure, reload: retry };
}
