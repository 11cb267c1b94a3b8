import type { Conversation, Message } from "@tongdai/shared";
import { StickyNote } from "lucide-react";
import { memo } from "react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { selectIsTaken } from "../../state/selectors.ts";
import { cn } from "../../ui/cn.ts";
import { formatDateTime, formatTime } from "../../ui/format.ts";
import { SafeText } from "../../ui/safe-text-view.tsx";
import { openLink } from "../open-link.ts";
import { goneText } from "../words.ts";
import { Attachments } from "./attachments.tsx";
import { CommentMarks } from "./comment-marks.tsx";
import { commenter } from "./commenter.ts";
import { LetterBody } from "./letter-body.tsx";
import { LetterHead } from "./letter-head.tsx";
import { MessageState } from "./message-state.tsx";
import { MessageTools } from "./message-tools.tsx";
import { Quote } from "./quote.tsx";
import { Reactions } from "./reactions.tsx";
import { TemplateHead } from "./template-head.tsx";
import { Trouble } from "./trouble.tsx";

interface BubbleProps {
  readonly message: Message;
  readonly conversation: Conversation;
  /** The first of a run by one author: it carries the name. */
  readonly starts: boolean;
  readonly isActive: boolean;
  readonly sought: string | null;
  readonly onActivate: (key: string) => void;
  readonly onReply: (message: Message) => void;
  readonly onJump: (messageId: string) => void;
  readonly onPicture: (mediaId: string) => void;
}

export const bubbleLook = {
  in: "bg-sunken text-ink",
  out: "bg-accent-soft text-ink",
  outside: "border border-dashed border-line-strong bg-surface text-ink",
  note: "bg-amber-soft text-ink",
} as const;

function lookOf(message: Message): keyof typeof bubbleLook {
  if (message.kind === "note") return "note";
  if (message.author.kind === "outside") return "outside";
  return message.direction === "in" ? "in" : "out";
}

export const Bubble = memo(function Bubble(props: BubbleProps) {
  const { message, conversation, starts, isActive, sought, onActivate, onReply, onJump, onPicture } = props;
  const t = useT();
  const client = useClient();
  const name = useHeading(message, conversation);
  const isTaken = useSelect((s) => selectIsTaken(s, conversation));
  const look = lookOf(message);
  const isOurs = look !== "in";
  const isRemoved = message.state === "removed";
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- pointer and focus only show its tools
    <li
      id={`message-${message.id}`}
      tabIndex={-1}
      aria-current={sought === null ? undefined : "true"}
      onMouseEnter={() => onActivate(message.id)}
      onFocus={() => onActivate(message.id)}
      className={cn(
        "group relative flex flex-col rounded-ui outline-offset-2 [contain-intrinsic-size:auto_60px] [content-visibility:auto]",
        starts ? "mt-3" : "mt-1",
        sought !== null && "-mx-2 bg-selected px-2 py-1",
        isOurs ? "items-end" : "items-start",
      )}
    >
      <p className={starts ? "mb-0.5 flex items-center gap-1 text-small text-ink-3" : "sr-only"}>
        {look === "note" && <StickyNote size={12} aria-hidden />}
        <span className="font-medium text-ink-2">{name}</span>
        <time title={formatDateTime(message.at, { seconds: true })} className="tabular">
          {formatTime(message.at)}
        </time>
      </p>
      <div className="relative flex max-w-[min(76%,44rem)] min-w-0 flex-col gap-1">
        {message.replyTo && <Quote replyTo={message.replyTo} onJump={onJump} />}
        {isRemoved ? (
          <p className="rounded-ui border border-line px-3 py-1.5 text-read text-ink-3 italic">
            {t(goneText({ isPublic: message.comment !== undefined, isTheirs: message.direction === "in" }))}
          </p>
        ) : (
          <>
            {message.template && <TemplateHead template={message.template} />}
            {message.letter && <LetterHead message={message} letter={message.letter} />}
            {message.letter?.hasBody && <LetterBody message={message} />}
            {message.text !== "" && !message.letter?.hasBody && (
              <div className={cn("rounded-ui px-3 py-1.5 text-read", bubbleLook[look])}>
                <SafeText
                  text={message.text}
                  mark={sought ?? ""}
                  onLink={(link) => openLink(client, link.href)}
                />
              </div>
            )}
            <Attachments message={message} onPicture={onPicture} />
          </>
        )}
        <Reactions message={message} />
        <CommentMarks message={message} />
        {isActive && !isRemoved && look !== "note" && (
          <MessageTools
            message={message}
            conversation={conversation}
            side={isOurs ? "left" : "right"}
            onReply={onReply}
          />
        )}
      </div>
      {(isOurs || message.revision > 0) && <MessageState message={message} />}
      <Trouble message={message} mayDecide={!isTaken} isOptedOut={conversation.optedOutAt !== null} />
    </li>
  );
});

/** Whose words these are. A note says that it is one. */
function useHeading(message: Message, conversation: Conversation): string {
  const t = useT();
  const users = useSelect((s) => s.people.users);
  const me = useSelect((s) => s.session.me?.id);
  const { author, kind } = message;
  switch (author.kind) {
    case "customer":
      return commenter(message, conversation, t);
    case "agent": {
      const isMine = author.userId === me;
      const name = users[author.userId]?.name ?? t("common.unknown");
      if (kind !== "note") return isMine ? t("common.you") : name;
      return isMine ? t("desk.message.noteByMe") : t("desk.message.noteBy", { name });
    }
    case "outside":
      return t("desk.message.outside");
    case "system":
      return t("desk.message.system");
  }
}
