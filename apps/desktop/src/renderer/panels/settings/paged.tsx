import { useCallback, useState } from "react";
import type { Client } from "../../actions/client.ts";
import { useClient } from "../../actions/react-client.ts";
import { useFetched } from "../../actions/use-fetched.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";

interface Page<R> {
  readonly rows: readonly R[];
  readonly next: string | null;
}

/** A list by pages, newest first. @param page another one begins anew */
export function usePaged<R>(page: (client: Client, cursor?: string) => Promise<Page<R>>) {
  const firstPage = useCallback((client: Client) => page(client), [page]);
  const { value: first, failure, reload } = useFetched(firstPage);
  const older = useOlder(first, page);
  return {
    /** `null`: nothing is here yet. */
    rows: first === null ? null : [...first.rows, ...older.rows],
    failure,
    reload,
    older,
  };
}

/** The way on by hand, where there is more. */
export function OlderButton({ older }: { readonly older: ReturnType<typeof useOlder> }) {
  const t = useT();
  return (
    older.hasMore && (
      <div className="py-3">
        <Button size="small" loading={older.busy} onClick={older.fetch}>
          {t("customer.timeline.loadOlder")}
        </Button>
      </div>
    )
  );
}

/** The pages behind a first one. @param first `null`: not here yet; another one begins anew */
function useOlder<R>(first: Page<R> | null, page: (client: Client, cursor: string) => Promise<Page<R>>) {
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
