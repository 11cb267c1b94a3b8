import { type AttachmentKind, type Conversation, type Offer, waitingSince } from "@tongdai/shared";
import {
  AlarmClock,
  AtSign,
  Bell,
  CircleAlert,
  FileText,
  Image,
  type LucideIcon,
  MapPin,
  Mic,
  PenLine,
  Sticker,
  Video,
} from "lucide-react";
import { memo } from "react";
import { useMedia, useSelect } from "../../actions/react-client.ts";
import { type T, useT } from "../../i18n/index.ts";
import type { DraftState } from "../../state/model.ts";
import { selectConversation, selectDraft, selectIsMentioned, selectMyOffers } from "../../state/selectors.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { ChannelIcon } from "../../ui/channel-icon.tsx";
import { cn } from "../../ui/cn.ts";
import { formatCount, formatDateTime, formatDuration, formatShort } from "../../ui/format.ts";
import { shownName } from "../../ui/phone.ts";
import { neutralise } from "../../ui/safe-text.ts";
import { calledName } from "../../ui/text.ts";
import { useTicking } from "../../ui/ticker.ts";
import { Elapsed } from "../../ui/time.tsx";
import { previewText } from "../words.ts";
import { UrgencyMark } from "./urgency-mark.tsx";

interface InboxRowProps {
  readonly id: string;
  readonly selected: boolean;
}

/** Two lines: who and how long; what, how many, and how much time is left to answer. */
export const InboxRow = memo(function InboxRow({ id, selected }: InboxRowProps) {
  const conversation = useSelect((s) => selectConversation(s, id));
  const offer = useSelect((s) => selectMyOffers(s).find((o) => o.conversationId === id) ?? null);
  const shown = conversation ?? offer;
  if (!shown) return null;
  return (
    <div
      className={cn(
        "flex h-full items-center gap-3 border-b border-line/60 px-3",
        selected ? "bg-selected" : "hover:bg-hover",
      )}
    >
      <RowAvatar
        name={shown.customerName}
        customerId={shown.customerId}
        conversation={conversation}
        channel={shown.channel}
      />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <span
            title={shownName(shown.customerName)}
            className={cn(
              "min-w-0 flex-1 truncate text-body text-ink",
              (conversation?.unread ?? 0) > 0 && "font-semibold",
            )}
          >
            {shownName(shown.customerName)}
          </span>
          {offer ? <Offered /> : conversation && <When conversation={conversation} />}
        </div>
        <div className="flex items-center gap-2">
          {conversation ? (
            <Preview conversation={conversation} />
          ) : (
            offer && <Words preview={offer.preview} isUnread />
          )}
          {conversation && <UrgencyMark conversation={conversation} />}
          {conversation && conversation.unsent > 0 && <Unsent />}
          <Mentioned id={id} />
          {conversation && conversation.unread > 0 && <Unread count={conversation.unread} />}
        </div>
      </div>
    </div>
  );
});

interface RowAvatarProps {
  readonly name: string;
  readonly customerId: string;
  readonly conversation: Conversation | null;
  readonly channel: Conversation["channel"];
}

function RowAvatar({ name, customerId, conversation, channel }: RowAvatarProps) {
  const picture = useMedia(conversation?.avatarMediaId ?? null);
  return (
    <Avatar
      id={customerId}
      name={name}
      src={picture && picture !== "failed" ? picture : undefined}
      corner={<ChannelIcon channel={channel} size={14} />}
    />
  );
}

function Offered() {
  const t = useT();
  return (
    <span className="inline-flex items-center gap-1 text-small font-medium text-accent-ink">
      <Bell size={12} aria-hidden />
      {t("desk.list.offered")}
    </span>
  );
}

const warnAfter = 2 * 60_000;
const lateAfter = 5 * 60_000;

function When({ conversation }: { readonly conversation: Conversation }) {
  const t = useT();
  const since = waitingSince(conversation);
  if (since !== null)
    return (
      <span className="inline-flex shrink-0 items-center gap-1 text-small text-ink-3">
        <span className="sr-only">
          <WaitWords since={since} t={t} />
        </span>
        <span aria-hidden className="inline-flex items-center gap-1">
          <Elapsed since={since} warnAfter={warnAfter} lateAfter={lateAfter} />
        </span>
      </span>
    );
  if (conversation.interaction?.parked) return <Returns at={conversation.interaction.parked.until} />;
  if (conversation.interaction?.state === "wrap_up")
    return <span className="shrink-0 text-small text-blue-ink">{t("desk.list.wrapUp")}</span>;
  return <ShortTime at={conversation.lastMessageAt} />;
}

/** Put aside: when it is there again. */
function Returns({ at }: { readonly at: number }) {
  const t = useT();
  const text = useTicking((now) => formatShort(at, now));
  return (
    <span className="inline-flex shrink-0 items-center gap-1 text-small text-blue-ink">
      <AlarmClock size={12} aria-hidden />
      <span className="sr-only">{t("park.untilShort", { time: formatDateTime(at) })}</span>
      <time aria-hidden title={t("park.untilShort", { time: formatDateTime(at) })} className="tabular">
        {text}
      </time>
    </span>
  );
}

function WaitWords({ since, t }: { readonly since: number; readonly t: T }) {
  return useTicking((now) => t("desk.list.waitsAnswer", { time: formatDuration(now - since) }));
}

function ShortTime({ at }: { readonly at: number }) {
  const text = useTicking((now) => formatShort(at, now));
  return (
    <time title={formatDateTime(at)} className="tabular shrink-0 text-small text-ink-3">
      {text}
    </time>
  );
}

const icons: { readonly [K in AttachmentKind]?: LucideIcon } = {
  image: Image,
  video: Video,
  audio: Mic,
  sticker: Sticker,
  location: MapPin,
};

function Preview({ conversation }: { readonly conversation: Conversation }) {
  const t = useT();
  const draft = useSelect((s) => selectDraft(s, conversation.id));
  const words = draft && draftWords(draft, t);
  if (words)
    return (
      <span className="flex min-w-0 flex-1 items-center gap-1 text-small text-amber-ink">
        <PenLine size={12} aria-hidden className="shrink-0" />
        <span className="truncate" title={words}>
          {t("desk.list.draftOf", { text: words })}
        </span>
      </span>
    );
  const { preview, unread, subject } = conversation;
  return <Words preview={preview} isUnread={unread > 0} {...(subject && { subject: neutralise(subject) })} />;
}

/** What was begun here; empty: nothing that would be missed. */
function draftWords({ text, mediaIds, letter }: DraftState, t: T): string {
  const typed = neutralise(text).trim();
  if (typed !== "") return typed;
  if (letter?.forward) return t("desk.letter.forward");
  return mediaIds.length > 0 ? t("desk.attachment.file") : "";
}

interface WordsProps {
  readonly preview: Conversation["preview"] | Offer["preview"];
  readonly isUnread: boolean;
  /** Several threads of one customer are told apart by it. */
  readonly subject?: string;
}

function Words({ preview, isUnread, subject }: WordsProps) {
  const t = useT();
  const { attachment } = preview;
  const Icon = attachment && (icons[attachment] ?? FileText);
  const words = previewText(preview, t);
  return (
    <span
      className={cn(
        "flex min-w-0 flex-1 items-center gap-1 text-small",
        isUnread ? "text-ink" : "text-ink-3",
      )}
    >
      {Icon && <Icon size={12} aria-hidden className="shrink-0" />}
      <span className="truncate" title={subject ? `${subject}: ${words}` : words}>
        {subject && <span className="text-ink-2">{`${subject}: `}</span>}
        {"direction" in preview ? <Said preview={preview} words={words} /> : words}
      </span>
    </span>
  );
}

/** Whose words: mine, a colleague's by the name that people call them, or written outside of Tongdai. */
function Said({ preview, words }: { readonly preview: Conversation["preview"]; readonly words: string }) {
  const t = useT();
  const { direction, authorId } = preview;
  const isMine = useSelect((s) => s.session.me?.id === authorId);
  const name = useSelect((s) => s.people.users[authorId ?? ""]?.name);
  if (direction !== "out") return words;
  if (authorId === null) return t("desk.list.outside", { text: words });
  return isMine
    ? t("inbox.you", { text: words })
    : t("inbox.by", { name: name ? calledName(name) : t("common.unknown"), text: words });
}

/** A colleague waits for a look: it stays until the conversation was read. */
function Mentioned({ id }: { readonly id: string }) {
  const t = useT();
  if (!useSelect((s) => selectIsMentioned(s, id))) return null;
  return (
    <span title={t("inbox.mentioned")} className="inline-flex shrink-0 text-accent-ink">
      <AtSign size={14} aria-hidden />
      <span className="sr-only">{t("inbox.mentioned")}</span>
    </span>
  );
}

/** It stays until somebody sends it again, says that it arrived, or discards it. */
function Unsent() {
  const t = useT();
  return (
    <span title={t("desk.list.unsent")} className="inline-flex shrink-0 text-red-ink">
      <CircleAlert size={14} aria-hidden />
      <span className="sr-only">{t("desk.list.unsent")}</span>
    </span>
  );
}

function Unread({ count }: { readonly count: number }) {
  const t = useT();
  return (
    <span className="tabular inline-flex h-4.5 min-w-4.5 shrink-0 items-center justify-center rounded-full bg-accent px-1 text-small leading-none font-semibold text-on-accent">
      <span aria-hidden>{formatCount(count)}</span>
      <span className="sr-only">{t("inbox.unreadCount", { count })}</span>
    </span>
  );
}
