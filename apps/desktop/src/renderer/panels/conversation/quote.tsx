import type { Message } from "@tongdai/shared";
import { useT } from "../../i18n/index.ts";
import { neutralise } from "../../ui/safe-text.ts";

interface QuoteProps {
  readonly replyTo: NonNullable<Message["replyTo"]>;
  readonly onJump: (messageId: string) => void;
}

export function Quote({ replyTo, onJump }: QuoteProps) {
  const t = useT();
  const words = neutralise(replyTo.excerpt) || t("desk.message.quoteMissing");
  const { messageId } = replyTo;
  const look = "block max-w-full truncate border-l-2 border-line-strong pl-2 text-left text-small text-ink-3";
  if (messageId === null) return <p className={look}>{words}</p>;
  return (
    <button
      type="button"
      title={t("conversation.jumpTo")}
      onClick={() => onJump(messageId)}
      className={`${look} min-h-6 hover:text-ink`}
    >
      {words}
    </button>
  );
}
