import { useState } from "react";
import type { Client } from "../../actions/client.ts";
import { useClient } from "../../actions/react-client.ts";

interface Page<R> {
  readonly rows: readonly R[];
  readonly next: string | null;
}

/** The pages behind a first one. @param first `null`: not here yet; another one begins anew */
export function useOlder<R>(
  first: Page<R> | null,
  page: (client: Client, cursor: string) => Promise<Page<R>>,
) {
  const client = useClient();
  const [older, setOlder] = useState<Page<R> & { readonly behind: Page<R> | null }>({
    rows: [],
    next: null,
    behind: null,
  });
  const [status, setStatus] = useState<"idle" | "busy" | "failed">("idle");
  const known = older.behind === first ? older : null;
  const next = known ? known.next : (first?.next ?? null);
  const fetch = () => {
    if (next === null || status === "busy") return;
    setStatus("busy");
    page(client, next).then(
      (found) => {
        setOlder({ rows: [...(known?.rows ?? []), ...found.rows], next: found.next, behind: first });
        setStatus("idle");
      },
      (cause: unknown) => {
        client.report(cause);
        setStatus("failed");
      },
    );
  };
  return {
    rows: known?.rows ?? [],
    hasMore: next !== null,
    busy: status === "busy",
    fetch,
    /** After a failure only on demand, so as not to ask over and over. */
    fetchQuietly: () => {
      if (status === "idle") fetch();
    },
  };
}
