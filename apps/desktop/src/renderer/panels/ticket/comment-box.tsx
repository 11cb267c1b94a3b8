import { type KeyboardEvent, useRef, useState } from "react";
import { keepCommentDraft, readCommentDraft } from "../../actions/comment-draft.ts";
import { commentTicket } from "../../actions/comment-ticket.ts";
import { useClient } from "../../actions/react-client.ts";
import { drop } from "../../actions/run.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { isComposing } from "../../ui/composing.ts";
import { Textarea } from "../../ui/input.tsx";
import { useFocusWish } from "../use-focus-wish.ts";

/** Stays at the foot of the pane. What is typed is kept per ticket, and once sent until the gateway has it. */
export function CommentBox({ ticketId }: { readonly ticketId: string }) {
  const t = useT();
  const client = useClient();
  const [text, setText] = useState(() => readCommentDraft(client, ticketId));
  const box = useRef<HTMLTextAreaElement>(null);
  useFocusWish("ticket_comment", () => box.current?.focus());
  const type = (next: string) => {
    setText(next);
    keepCommentDraft(client, ticketId, next);
  };
  const send = () => {
    if (text.trim() === "") return;
    // Its refusal stands in the list with the comment.
    drop(commentTicket(client, ticketId, text.trim()));
    type("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || isComposing(event.nativeEvent)) return;
    event.preventDefault();
    event.stopPropagation();
    send();
  };
  return (
    <div className="sticky bottom-0 mt-auto border-t border-line bg-surface px-4 py-3">
      <Textarea
        ref={box}
        aria-label={t("ticket.comment")}
        placeholder={t("ticket.comment")}
        value={text}
        maxLength={10_000}
        maxRows={8}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="mt-2 flex items-center gap-2">
        <span className="min-w-0 flex-1 text-small text-pretty text-ink-3">{t("ticket.commentHint")}</span>
        <Button
          size="small"
          variant="primary"
          shortcut="composer.send"
          disabled={text.trim() === ""}
          onClick={send}
        >
          {t("ticket.addComment")}
        </Button>
      </div>
    </div>
  );
}
