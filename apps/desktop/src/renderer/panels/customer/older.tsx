import { type RefObject, useState } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { useNearEnd } from "../../ui/near-end.ts";

interface OlderOf {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly count: number;
  readonly hasMore: boolean;
  readonly load: () => Promise<void>;
}

export interface OlderState {
  readonly hasMore: boolean;
  readonly status: "idle" | "loading" | "failed";
  readonly fetch: () => void;
}

/** The next page when the reader comes near the end. After a failure only on demand, so as not to ask over and over. */
export function useOlder({ scroller, count, hasMore, load }: OlderOf): OlderState {
  const [status, setStatus] = useState<OlderState["status"]>("idle");
  const isLive = useSelect((s) => s.connection.status === "live");
  const fetch = () => {
    if (!hasMore || status === "loading") return;
    setStatus("loading");
    load().then(
      () => setStatus("idle"),
      () => setStatus("failed"),
    );
  };
  useNearEnd(scroller, count, () => {
    if (status === "idle" && isLive) fetch();
  });
  return { hasMore, status, fetch };
}

export function Older({ state }: { readonly state: OlderState }) {
  const t = useT();
  if (!state.hasMore) return null;
  return (
    <div className="px-4 pt-2">
      {state.status === "failed" && (
        <p role="alert" className="mb-1 text-small text-red-ink">
          {t("record.olderFailed")}
        </p>
      )}
      <Button size="small" variant="ghost" loading={state.status === "loading"} onClick={state.fetch}>
        {t("customer.timeline.loadOlder")}
      </Button>
    </div>
  );
}
