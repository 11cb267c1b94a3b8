import type { CommentAct, Conversation, Message } from "@tongdai/shared";
import { Eye, EyeOff, Lock, ThumbsUp, Trash2 } from "lucide-react";
import { deleteSoon, keepAfterAll, moderate } from "../../actions/moderate.ts";
import { focusOn } from "../../actions/navigate.ts";
import { useClient, useRun, useSelect } from "../../actions/react-client.ts";
import { changeDraft } from "../../actions/save-draft.ts";
import { useT } from "../../i18n/index.ts";
import { privateObstacle } from "../../state/private-answer.ts";
import { selectCapabilities, selectThread } from "../../state/selectors.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { useTicking } from "../../ui/ticker.ts";
import { toast } from "../../ui/toast.tsx";

interface CommentToolsProps {
  readonly message: Message;
  readonly conversation: Conversation;
}

/** Beside a comment: what its channel lets us do with it. Each can be taken back, a deletion for some seconds. */
export function CommentTools({ message, conversation }: CommentToolsProps) {
  const t = useT();
  const client = useClient();
  const run = useRun();
  const rules = useSelect((s) => selectCapabilities(s, conversation)?.public);
  const mayDelete = useSelect(
    (s) =>
      s.session.permissions.includes("comments.delete") ||
      (message.author.kind === "agent" && message.author.userId === s.session.me?.id),
  );
  const { comment } = message;
  if (!rules || !comment || comment.isPrivate) return null;
  const isTheirs = message.direction === "in";
  const undoable = (act: CommentAct, back: CommentAct) => {
    run((c) => moderate(c, message.id, act));
    toast(t(`comments.done.${act}`), {
      key: `comment.${message.id}`,
      action: { label: t("common.undo"), onClick: () => run((c) => moderate(c, message.id, back)) },
    });
  };
  const remove = () => {
    deleteSoon(client, message);
    toast(t("comments.done.delete"), {
      key: `comment.${message.id}`,
      action: { label: t("common.undo"), onClick: () => keepAfterAll(client, message) },
    });
  };
  return (
    <>
      {isTheirs && <PrivateTool message={message} conversation={conversation} />}
      {isTheirs && rules.powers.includes("like") && (
        <IconButton
          icon={ThumbsUp}
          size="small"
          pressed={comment.liked}
          label={t(comment.liked ? "comments.unlike" : "comments.like")}
          onClick={() => (comment.liked ? undoable("unlike", "like") : undoable("like", "unlike"))}
        />
      )}
      {isTheirs && rules.powers.includes("hide") && (
        <IconButton
          icon={comment.hidden ? Eye : EyeOff}
          size="small"
          label={t(comment.hidden ? "comments.unhide" : "comments.hide")}
          onClick={() => (comment.hidden ? undoable("unhide", "hide") : undoable("hide", "unhide"))}
        />
      )}
      {rules.powers.includes("delete") && mayDelete && (
        <IconButton icon={Trash2} size="small" label={t("comments.delete")} onClick={remove} />
      )}
    </>
  );
}

function PrivateTool({ message, conversation }: CommentToolsProps) {
  const t = useT();
  const client = useClient();
  const rules = useSelect((s) => selectCapabilities(s, conversation)?.public);
  const thread = useSelect((s) => selectThread(s, conversation.id));
  const obstacle = useTicking((now) =>
    privateObstacle({ rules, target: message, messages: thread?.messages ?? [], now }),
  );
  if (obstacle !== null) return null;
  return (
    <IconButton
      icon={Lock}
      size="small"
      label={t("comments.answerPrivately")}
      onClick={() => {
        changeDraft(client, conversation.id, { replyToId: message.id, privately: true, note: false });
        focusOn(client, "composer");
      }}
    />
  );
}
