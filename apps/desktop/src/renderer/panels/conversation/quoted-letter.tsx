/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- a box that scrolls is reached by keyboard */
import type { Conversation, Message } from "@tongdai/shared";
import { Ellipsis, X } from "lucide-react";
import { useState } from "react";
import { useClient } from "../../actions/react-client.ts";
import { changeLetter } from "../../actions/write-letter.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { SafeText } from "../../ui/safe-text-view.tsx";
import { LetterBody } from "./letter-body.tsx";
import { quoteIntro } from "./quote-intro.ts";

interface QuotedLetterProps {
  readonly conversation: Conversation;
  readonly message: Message | null;
  readonly forward: boolean;
}

/** What goes along below the words: folded, to be looked at, and to be left out. */
export function QuotedLetter({ conversation, message, forward }: QuotedLetterProps) {
  const t = useT();
  const client = useClient();
  const [open, setOpen] = useState(false);
  if (!message)
    return (
      <div className="px-1.5 pb-1">
        <Button
          size="small"
          variant="ghost"
          onClick={() => changeLetter(client, conversation.id, { quote: true })}
        >
          {t("letter.quote.add")}
        </Button>
      </div>
    );
  return (
    <div className="px-1.5 pb-1">
      <div className="flex items-center gap-1">
        <IconButton
          icon={Ellipsis}
          size="small"
          label={t(open ? "letter.quote.hide" : "letter.quote.show")}
          aria-expanded={open}
          side="top"
          onClick={() => setOpen(!open)}
        />
        <span className="min-w-0 truncate text-small text-ink-3">
          {t(forward ? "letter.quote.forwarded" : "letter.quote.quoted")}
        </span>
        <IconButton
          icon={X}
          size="small"
          label={t("letter.quote.leaveOut")}
          side="top"
          onClick={() => changeLetter(client, conversation.id, { quote: false })}
        />
      </div>
      {open && (
        <section
          tabIndex={0}
          aria-label={t("letter.quote.label")}
          className="max-h-48 overflow-y-auto px-1.5 text-small text-ink-3"
        >
          <p className="mb-1 whitespace-pre-wrap">{quoteIntro(message, forward, t)}</p>
          {message.letter?.hasBody ? <LetterBody message={message} /> : <SafeText text={message.text} />}
        </section>
      )}
    </div>
  );
}
