import type { Conversation, Message } from "@tongdai/shared";
import { Copy, Forward, Reply, ReplyAll, SmilePlus } from "lucide-react";
import { useState } from "react";
import { react } from "../../actions/react.ts";
import { useClient, useRun, useSelect } from "../../actions/react-client.ts";
import { answerLetter, hasOthers } from "../../actions/write-letter.ts";
import { useT } from "../../i18n/index.ts";
import { selectCapabilities, selectIsTaken } from "../../state/selectors.ts";
import { cn } from "../../ui/cn.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Popover } from "../../ui/popover.tsx";
import { toast } from "../../ui/toast.tsx";
import { CommentTools } from "./comment-tools.tsx";

interface MessageToolsProps {
  readonly message: Message;
  readonly conversation: Conversation;
  readonly side: "left" | "right";
  readonly onReply: (message: Message) => void;
}

/** Beside the message under the pointer or the focus; what the channel cannot do is not offered. */
export function MessageTools({ message, conversation, side, onReply }: MessageToolsProps) {
  const t = useT();
  const capabilities = useSelect((s) => selectCapabilities(s, conversation));
  const isTaken = useSelect((s) => selectIsTaken(s, conversation));
  const canReact = !isTaken && message.direction === "in" && (capabilities?.reactions.length ?? 0) > 0;
  const copy = async () => {
    await navigator.clipboard.writeText(message.text);
    toast(t("common.copied"), { key: "copied" });
  };
  return (
    <div
      role="toolbar"
      aria-label={t("desk.message.actions")}
      className={cn(
        "absolute top-0 z-10 flex animate-fade rounded-ui bg-raised shadow-[inset_0_0_0_1px_var(--line)]",
        side === "left" ? "right-full mr-1.5" : "left-full ml-1.5",
      )}
    >
      {canReact && <ReactionPicker message={message} emoji={capabilities?.reactions ?? []} />}
      {!isTaken && capabilities?.replyTo && (
        <IconButton
          icon={Reply}
          size="small"
          label={t("conversation.reply")}
          onClick={() => onReply(message)}
        />
      )}
      {!isTaken && message.letter && capabilities?.letters && <LetterTools message={message} />}
      {!isTaken && <CommentTools message={message} conversation={conversation} />}
      {message.text !== "" && (
        <IconButton icon={Copy} size="small" label={t("conversation.copyText")} onClick={copy} />
      )}
    </div>
  );
}

/** What letters have beside an answer to their sender. */
function LetterTools({ message }: { readonly message: Message }) {
  const t = useT();
  const client = useClient();
  return (
    <>
      {hasOthers(client, message) && (
        <IconButton
          icon={ReplyAll}
          size="small"
          label={t("desk.letter.replyAll")}
          onClick={() => answerLetter(client, message, "reply_all")}
        />
      )}
      <IconButton
        icon={Forward}
        size="small"
        label={t("desk.letter.forward")}
        onClick={() => answerLetter(client, message, "forward")}
      />
    </>
  );
}

interface ReactionPickerProps {
  readonly message: Message;
  readonly emoji: readonly string[];
}

function ReactionPicker({ message, emoji }: ReactionPickerProps) {
  const t = useT();
  const run = useRun();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={t("desk.message.react")}
      side="top"
      className="flex gap-0.5 p-1"
      trigger={<IconButton icon={SmilePlus} size="small" label={t("desk.message.react")} />}
    >
      {emoji.map((each) => (
        <button
          key={each}
          type="button"
          onClick={() => {
            setOpen(false);
            run((c) => react(c, message, each));
          }}
          className="flex size-8 items-center justify-center rounded-ui text-title hover:bg-hover"
        >
          {each}
        </button>
      ))}
    </Popover>
  );
}
