import type { Message } from "@tongdai/shared";
import { EyeOff, Loader, Lock, ThumbsUp, TriangleAlert } from "lucide-react";
import { moderate } from "../../actions/moderate.ts";
import { useRun } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { failureText } from "../words.ts";

/** What has become of a comment, in shape and word: hidden, liked, private, or not done. */
export function CommentMarks({ message }: { readonly message: Message }) {
  const t = useT();
  const run = useRun();
  const { comment } = message;
  if (!comment || message.state === "removed") return null;
  const { act } = comment;
  const marks = [
    { on: comment.isPrivate, icon: Lock, text: t("comments.isPrivate") },
    { on: comment.hidden, icon: EyeOff, text: t("comments.isHidden") },
    { on: comment.liked, icon: ThumbsUp, text: t("comments.isLiked") },
    { on: act !== null && act.error === null, icon: Loader, text: t("comments.isAsked") },
  ].filter((mark) => mark.on);
  if (marks.length === 0 && !act?.error) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-small text-ink-2">
      {marks.map(({ icon: Icon, text }) => (
        <span key={text} className="inline-flex items-center gap-1">
          <Icon size={13} aria-hidden />
          {text}
        </span>
      ))}
      {act?.error && (
        <span role="alert" className="inline-flex items-center gap-1 text-red-ink">
          <TriangleAlert size={13} aria-hidden />
          {t(`comments.failed.${act.kind}`, { reason: failureText(act.error.code, t) })}
          <Button size="small" variant="ghost" onClick={() => run((c) => moderate(c, message.id, act.kind))}>
            {t("common.retry")}
          </Button>
        </span>
      )}
    </div>
  );
}
