import type { TimelineEntry } from "@tongdai/shared";
import { memo } from "react";
import type { Client } from "../../actions/client.ts";
import { navigate } from "../../actions/navigate.ts";
import { openConversation } from "../../actions/open-conversation.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { cn } from "../../ui/cn.ts";
import { formatDate, formatDateTime, formatTime } from "../../ui/format.ts";
import { rovingKeys } from "../../ui/roving.ts";
import { useTicking } from "../../ui/ticker.ts";
import { relativeText } from "../../ui/time.tsx";
import { lineOf } from "./timeline-words.ts";

interface TimelineRowProps {
  readonly entry: TimelineEntry;
  readonly isFirst: boolean;
  readonly isWide: boolean;
}

/** Icon, channel, one line, when; a press leads to where it happened. */
export const TimelineRow = memo(function TimelineRow({ entry, isFirst, isWide }: TimelineRowProps) {
  const t = useT();
  const client = useClient();
  const name = useActor(entry.actorId);
  const isPublic = useSelect(
    (s) => entry.channel !== null && s.people.channels[entry.channel]?.capabilities.public !== undefined,
  );
  const { icon: Icon, text, kind } = lineOf(entry, { name, isPublic, t });
  const leads = entry.conversationId !== null || entry.ticketId !== null;
  const who = entry.direction === "out" && entry.actorId !== null ? name : null;
  const inside = (
    <>
      <Icon size={14} aria-hidden className="shrink-0 text-ink-3" />
      {entry.channel ? (
        <ChannelIcon channel={entry.channel} size={14} />
      ) : (
        <span className="w-3.5 shrink-0" />
      )}
      {text !== kind && <span className="sr-only">{kind}</span>}
      <span
        title={text}
        className={cn(
          "min-w-0 flex-1 truncate text-body",
          entry.name === "message.created" ? "text-ink" : "text-ink-2",
        )}
      >
        {text}
      </span>
      {isWide && who && (
        <span className="max-w-40 shrink-0 truncate text-small text-ink-3" title={who}>
          {who}
        </span>
      )}
      <When at={entry.at} />
    </>
  );
  const look = "flex h-8 w-full items-center gap-2 px-4 text-left";
  return (
    <li>
      {leads ? (
        <button
          type="button"
          data-roving
          tabIndex={isFirst ? 0 : -1}
          onClick={() => jump(client, entry)}
          onKeyDown={rovingKeys}
          className={cn(look, "focus-inset hover:bg-hover")}
        >
          {inside}
        </button>
      ) : (
        <div className={look}>{inside}</div>
      )}
    </li>
  );
});

function jump(client: Client, { ticketId, conversationId }: TimelineEntry): void {
  if (ticketId !== null) navigate(client, { name: "tickets", ticketId });
  else if (conversationId !== null) openConversation(client, conversationId);
}

function useActor(id: string | null): string {
  const t = useT();
  const name = useSelect((s) => (id === null ? undefined : s.people.users[id]?.name));
  if (id === null) return t("common.system");
  return name ?? t("common.unknown");
}

/** Under the heading of its day an entry of before today needs only the hour. */
function When({ at }: { readonly at: number }) {
  const t = useT();
  const text = useTicking((now) =>
    formatDate(at) === formatDate(now) ? relativeText(at, now, t) : formatTime(at),
  );
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={formatDateTime(at, { seconds: true })}
      className="tabular shrink-0 text-small text-ink-3"
    >
      {text}
    </time>
  );
}
