import type { Ticket } from "@tongdai/shared";
import { useState } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { causeText } from "../words.ts";
import { Comments } from "./comments.tsx";
import { Changes } from "./history.tsx";

interface TalkProps {
  readonly ticket: Ticket;
  readonly failure: unknown;
  readonly onRetry: () => void;
}

/** What was said about it and what was done to it. */
export function Talk({ ticket, failure, onRetry }: TalkProps) {
  const t = useT();
  const detail = useSelect((s) => s.tickets.details[ticket.id]);
  const [tab, setTab] = useState<"comments" | "history">("comments");
  const instead =
    detail !== undefined ? null : failure !== null ? (
      <ErrorState
        title={t("record.ticketFailed")}
        kept={causeText(failure, t)}
        onRetry={onRetry}
        className="py-6"
      />
    ) : (
      <div aria-busy="true" className="flex flex-col gap-3 p-4">
        <span className="sr-only">{t("common.loading")}</span>
        <Skeleton className="h-3 w-3/5" />
        <Skeleton className="h-3 w-2/5" />
      </div>
    );
  return (
    <Tabs
      label={t("record.talkLabel")}
      value={tab}
      onChange={setTab}
      className="flex-[1_0_auto] border-t border-line"
      tabs={[
        {
          value: "comments",
          label: t("ticket.comments"),
          ...(detail && detail.comments.length > 0 ? { count: detail.comments.length } : {}),
          content: instead ?? <Comments ticketId={ticket.id} comments={detail?.comments ?? []} />,
        },
        {
          value: "history",
          label: t("ticket.history"),
          content: instead ?? <Changes entries={detail?.history ?? []} />,
        },
      ]}
    />
  );
}
