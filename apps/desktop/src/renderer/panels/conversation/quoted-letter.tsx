import type { Conversation, Message } from "@tongdai/shared";
import { useClient } from "../../actions/react-client.ts";
import { changeLetter } from "../../actions/write-letter.ts";
import { useT } from "../../i18n/index.ts";
import { Button } from "../../ui/button.tsx";
import { SafeText } from "../../ui/safe-text-view.tsx";
import { FoldedPart } from "./folded-part.tsx";
import { LetterBody } from "./letter-body.tsx";
import { quoteIntro } from "./quote-intro.ts";

interface QuotedLetterProps {
  readonly conversation: Conversation;
  readonly message: Message | null;
  readonly forward: boolean;
}

/** The letter that is answered or passed on. */
export function QuotedLetter({ conversation, message, forward }: QuotedLetterProps) {
  const t = useT();
  const client = useClient();
  const set = (quote: boolean) => changeLetter(client, conversation.id, { quote });
  if (!message)
    return (
      <div className="px-1.5 pb-1">
        <Button size="small" variant="ghost" onClick={() => set(true)}>
          {t("letter.quote.add")}
        </Button>
      </div>
    );
  return (
    <FoldedPart
      words={t(forward ? "letter.quote.forwarded" : "letter.quote.quoted")}
      label={t("letter.quote.label")}
      show={t("letter.quote.show")}
      hide={t("letter.quote.hide")}
      leaveOut={t("letter.quote.leaveOut")}
      onLeaveOut={() => set(false)}
    >
      <p className="mb-1 whitespace-pre-wrap">{quoteIntro(message, forward, t)}</p>
      {message.letter?.hasBody ? <LetterBody message={message} /> : <SafeText text={message.text} />}
    </FoldedPart>
  );
}
