import { useCallback, useEffect, useRef, useState } from "react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { searchCustomers } from "../../actions/search-customers.ts";

export interface Found {
  /** What these rows answer to; the box may be ahead of it. */
  readonly query: string;
  readonly ids: readonly string[];
  readonly status: "loading" | "ready";
  readonly failure: unknown;
  readonly more: () => void;
  readonly retry: () => void;
}

interface Page {
  readonly query: string;
  readonly ids: readonly string[];
  readonly next: string | null;
}

const restMs = 150;
const noPage: Page = { query: "", ids: [], next: null };

/** Customers by a search that follows the typing; what is here stays on screen until the answer comes. */
export function useCustomers(query: string): Found {
  const client = useClient();
  const epoch = useSelect((s) => s.connection.epoch);
  const isLive = useSelect((s) => s.connection.status === "live");
  const [page, setPage] = useState(noPage);
  const [answered, setAnswered] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const asking = useRef(false);
  const wanted = query.trim();

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new epoch and a new turn are reasons to ask again
  useEffect(() => {
    if (!isLive) return;
    let gone = false;
    const ask = () =>
      searchCustomers(client, { query: wanted }).then(
        ({ customers, next }) => {
          if (gone) return;
          setPage({ query: wanted, ids: customers.map((c) => c.id), next });
          setAnswered(wanted);
          setFailure(null);
        },
        (cause: unknown) => !gone && setFailure(cause),
      );
    client.later.put("customers.search", wanted === "" ? 0 : restMs, () => void ask());
    return () => {
      gone = true;
      client.later.cancel("customers.search");
    };
  }, [client, wanted, isLive, epoch, turn]);

  const more = useCallback(() => {
    const { next, query: of } = page;
    if (next === null || asking.current) return;
    asking.current = true;
    searchCustomers(client, { query: of, cursor: next })
      .then(({ customers, next: after }) =>
        setPage((now) =>
          now.query === of
            ? { ...now, ids: [...new Set([...now.ids, ...customers.map((c) => c.id)])], next: after }
            : now,
        ),
      )
      .catch(client.report)
      .finally(() => {
        asking.current = false;
      });
  }, [client, page]);

  const retry = useCallback(() => {
    setFailure(null);
    setTurn((n) => n + 1);
  }, []);
  return { ...page, status: answered === wanted ? "ready" : "loading", failure, more, retry };
}
