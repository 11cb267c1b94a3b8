import type { Conversation, Message } from "@tongdai/shared";
import { memo } from "react";
import { type T, useT } from "../../i18n/index.ts";
import { formatDate } from "../../ui/format.ts";
import { useTicking } from "../../ui/ticker.ts";
import { Bubble } from "./bubble.tsx";
import { ChannelEvent } from "./channel-event.tsx";
import { Outgoing } from "./outgoing.tsx";
import { StepRow } from "./step-row.tsx";
import type { ThreadItem } from "./thread-items.ts";

export interface RowProps {
  readonly item: ThreadItem;
  readonly conversation: Conversation;
  readonly isActive: boolean;
  /** What was searched for, when this is the message that was looked for; it may be empty. */
  readonly sought: string | null;
  readonly onActivate: (key: string) => void;
  readonly onReply: (message: Message) => void;
  readonly onJump: (messageId: string) => void;
  readonly onPicture: (mediaId: string) => void;
}

export const Row = memo(function Row(props: RowProps) {
  const { item, conversation, isActive, sought, onActivate, onReply, onJump, onPicture } = props;
  switch (item.kind) {
    case "day":
      return <Day at={item.at} />;
    case "unread":
      return <UnreadLine />;
    case "step":
      return <StepRow step={item.step} conversation={conversation} />;
    case "outgoing":
      return <Outgoing item={item.item} />;
    case "message":
      return item.message.kind === "event" ? (
        <ChannelEvent message={item.message} />
      ) : (
        <Bubble
          message={item.message}
          starts={item.starts}
          conversation={conversation}
          isActive={isActive}
          sought={sought}
          onActivate={onActivate}
          onReply={onReply}
          onJump={onJump}
          onPicture={onPicture}
        />
      );
  }
});

function Day({ at }: { readonly at: number }) {
  const t = useT();
  const text = useTicking((now) => dayText(at, now, t));
  return (
    <li className="my-3 flex items-center gap-3 text-small text-ink-3">
      <span aria-hidden className="h-px flex-1 bg-line" />
      <span className="tabular">{text}</span>
      <span aria-hidden className="h-px flex-1 bg-line" />
    </li>
  );
}

function dayText(at: number, now: number, t: T): string {
  const day = formatDate(at);
  if (day === formatDate(now)) return t("common.today");
  return day === formatDate(now - 86_400_000) ? t("common.yesterday") : day;
}

function UnreadLine() {
  const t = useT();
  return (
    <li data-unread-line className="my-2 flex items-center gap-3 text-small font-medium text-accent-ink">
      <span aria-hidden className="h-px flex-1 bg-accent" />
      {t("conversation.unreadLine")}
      <span aria-hidden className="h-px flex-1 bg-accent" />
    </li>
  );
}
