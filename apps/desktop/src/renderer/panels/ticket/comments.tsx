import type { TicketComment } from "@tongdai/shared";
import { CloudOff, MessageSquareText } from "lucide-react";
import { useMemo } from "react";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { discardRefused, retryRefused } from "../../actions/send-message.ts";
import { useT } from "../../i18n/index.ts";
import type { OutgoingItem } from "../../state/outgoing.ts";
import { selectMe } from "../../state/selectors.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { SafeText } from "../../ui/safe-text-view.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { RelativeTime } from "../../ui/time.tsx";
import { errorText, ruleText } from "../words.ts";
import { CommentBox } from "./comment-box.tsx";

interface CommentsProps {
  readonly ticketId: string;
  readonly comments: readonly TicketComment[];
}

/** Oldest first; what has not gone out yet stands at the end, marked as such. */
export function Comments({ ticketId, comments }: CommentsProps) {
  const t = useT();
  const held = useHeld(ticketId);
  const isEmpty = comments.length === 0 && held.length === 0;
  return (
    <div className="flex h-full flex-col">
      {isEmpty ? (
        <EmptyState icon={MessageSquareText} title={t("ticket.empty.comments")} className="py-6" />
      ) : (
        <ol aria-label={t("ticket.comments")} className="flex flex-col gap-3 px-4 py-3">
          {comments.map((comment) => (
            <li key={comment.id}>
              <Comment authorId={comment.authorId} text={comment.text} at={comment.at} />
            </li>
          ))}
          {held.map((item) => (
            <li key={item.id}>
              <HeldComment item={item} />
            </li>
          ))}
        </ol>
      )}
      <CommentBox ticketId={ticketId} />
    </div>
  );
}

interface CommentProps {
  readonly authorId: string | null;
  readonly text: string;
  readonly at: number;
}

function Comment({ authorId, text, at }: CommentProps) {
  const t = useT();
  const name = useSelect((s) => s.people.users[authorId ?? ""]?.name);
  const shown = authorId === null ? t("common.system") : (name ?? t("common.unknown"));
  return (
    <div className="flex gap-2">
      <Avatar id={authorId ?? "system"} name={shown} size="small" />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <span className="min-w-0 truncate text-body font-medium">{shown}</span>
          <span className="shrink-0 text-small text-ink-3">
            <RelativeTime at={at} />
          </span>
        </p>
        <p className="text-body text-ink select-text">
          <SafeText text={authorId === null ? ruleText(text, t) : text} />
        </p>
      </div>
    </div>
  );
}

type CommentItem = Extract<OutgoingItem, { name: "ticket.comment" }>;

const isComment = (item: OutgoingItem): item is CommentItem => item.name === "ticket.comment";

function useHeld(ticketId: string): readonly CommentItem[] {
  const outgoing = useSelect((s) => s.outgoing);
  return useMemo(
    () => outgoing.filter(isComment).filter((item) => item.input.ticketId === ticketId),
    [outgoing, ticketId],
  );
}

function HeldComment({ item }: { readonly item: CommentItem }) {
  const t = useT();
  const client = useClient();
  const me = useSelect(selectMe);
  return (
    <div className="rounded-ui bg-sunken p-2">
      <Comment authorId={me?.id ?? null} text={item.input.text} at={item.at} />
      {item.status === "refused" ? (
        <div role="alert" className="mt-1 ml-8 flex flex-wrap items-center gap-2 text-small text-red-ink">
          <span className="min-w-0 flex-1">
            {t("desk.message.refused", { reason: errorText(item.error?.code ?? "internal", t) })}
          </span>
          <Button size="small" onClick={() => retryRefused(client, item.id)}>
            {t("common.retry")}
          </Button>
          <Button size="small" variant="ghost" onClick={() => discardRefused(client, item.id)}>
            {t("common.discard")}
          </Button>
        </div>
      ) : (
        <p className="mt-1 ml-8 flex items-center gap-1 text-small text-ink-3">
          <CloudOff size={12} aria-hidden />
          {t(item.status === "sending" ? "record.commentSending" : "record.commentHeld")}
        </p>
      )}
    </div>
  );
}
