import type { FloorNotice } from "@tongdai/shared";
import { Bell, BellRing, TriangleAlert, WifiOff } from "lucide-react";
import { useState } from "react";
import { loadNotices } from "../../actions/agent-history.ts";
import { openConversation } from "../../actions/open-conversation.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useLoaded } from "../../actions/use-loaded.ts";
import { useT } from "../../i18n/index.ts";
import { formatCount, formatTime } from "../../ui/format.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { shownName } from "../../ui/phone.ts";
import { Popover } from "../../ui/popover.tsx";
import { EmptyState, ErrorState } from "../../ui/states.tsx";
import { useStateWord } from "../state-words.ts";
import { causeText } from "../words.ts";

/** Who is gone and what became of their work, and who is over a longest time: of today, also from before this window was opened. */
export function Notices() {
  const t = useT();
  const notices = useSelect((s) => s.notices);
  const { failure, retry } = useLoaded("", loadNotices);
  const [open, setOpen] = useState(false);
  const [seen, setSeen] = useState(0);
  const fresh = notices.filter((n) => n.seq > seen).length;
  const look = (next: boolean) => {
    setOpen(next);
    if (!next) setSeen(notices[0]?.seq ?? 0);
  };
  return (
    <span className="relative inline-flex">
      <Popover
        label={t("states.notices.title")}
        align="end"
        open={open}
        onOpenChange={look}
        className="max-h-[70vh] w-100 overflow-y-auto"
        trigger={
          <IconButton
            icon={fresh > 0 ? BellRing : Bell}
            label={fresh > 0 ? t("states.notices.open", { count: fresh }) : t("states.notices.title")}
          />
        }
      >
        {failure !== null && notices.length === 0 ? (
          <ErrorState title={t("states.notices.failed")} kept={causeText(failure, t)} onRetry={retry} />
        ) : notices.length === 0 ? (
          <EmptyState icon={Bell} title={t("states.notices.empty")} body={t("states.notices.emptyBody")} />
        ) : (
          <ol aria-label={t("states.notices.title")} className="flex flex-col divide-y divide-line">
            {notices.map((notice) => (
              <Notice key={notice.seq} notice={notice} />
            ))}
          </ol>
        )}
      </Popover>
      {fresh > 0 && (
        <span
          aria-hidden
          className="tabular pointer-events-none absolute -top-0.5 -right-1 inline-flex h-4 min-w-4 items-center justify-center rounded-full bg-red px-1 text-[10px] leading-none font-semibold text-on-red"
        >
          {formatCount(fresh)}
        </span>
      )}
    </span>
  );
}

function Notice({ notice }: { readonly notice: FloorNotice }) {
  const t = useT();
  const client = useClient();
  const stateWord = useStateWord();
  const users = useSelect((s) => s.people.users);
  const queues = useSelect((s) => s.people.queues);
  const name = users[notice.data.agentId]?.name ?? t("common.unknown");
  const isOver = notice.name === "agent.overstayed";
  const Icon = isOver ? TriangleAlert : WifiOff;
  return (
    <li className="flex gap-2 py-2">
      <Icon size={16} aria-hidden className="mt-0.5 shrink-0 text-red" />
      <div className="min-w-0 flex-1">
        <p className="text-ink">
          {notice.name === "agent.overstayed"
            ? t("states.told.over", { name, state: stateWord(notice.data) })
            : t(notice.data.why === "lost" ? "states.told.lost" : "states.told.signedOff", { name })}
        </p>
        <p className="tabular text-small text-ink-2">
          {t("states.notices.lostSince", { time: formatTime(notice.data.since) })}
        </p>
        {notice.name === "agent.departed" && (
          <>
            <p className="text-small text-ink-2">
              {notice.data.work.length === 0
                ? t("states.told.nothing")
                : t("states.told.returned", { count: notice.data.work.length })}
            </p>
            <ul>
              {notice.data.work.map((work) => (
                <li key={work.interactionId}>
                  <button
                    type="button"
                    onClick={() => openConversation(client, work.conversationId)}
                    className="max-w-full truncate rounded-tight text-left text-accent-ink underline-offset-2 hover:underline"
                  >
                    {shownName(work.customerName)} · {queues[work.queueId]?.name ?? ""}
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <time className="tabular text-small text-ink-3">{formatTime(notice.at)}</time>
    </li>
  );
}
