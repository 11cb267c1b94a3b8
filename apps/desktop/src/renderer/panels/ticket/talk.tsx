import type { Ticket } from "@tongdai/shared";
import { useState } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { LoadState } from "../../ui/load-state.tsx";
import { SkeletonLines } from "../../ui/skeleton.tsx";
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
  const isOffline = useSelect((s) => s.connection.status === "offline");
  const [tab, setTab] = useState<"comments" | "history">("comments");
  const isToComment = useSelect((s) => s.ui.focus.target === "ticket_comment");
  if (isToComment && tab !== "comments") setTab("comments");
  const instead =
    detail !== undefined ? null : (
      <LoadState
        failure={failure}
        title={t("record.ticketFailed")}
        reason={(cause) => causeText(cause, t)}
        onRetry={onRetry}
        offline={isOffline}
        className="py-6"
        skeleton={
          <div className="flex flex-col gap-3 p-4">
            <SkeletonLines widths={["w-3/5", "w-2/5"]} />
          </div>
        }
      />
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
