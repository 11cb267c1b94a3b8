import { type Conversation, mailHtml } from "@tongdai/shared";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { changeLetter } from "../../actions/write-letter.ts";
import { useT } from "../../i18n/index.ts";
import { selectSignature } from "../../state/letters.ts";
import { Button } from "../../ui/button.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { LetterFrame } from "../letter-frame.tsx";
import { FoldedPart } from "./folded-part.tsx";

interface LetterSignatureProps {
  readonly conversation: Conversation;
  /** It goes along. */
  readonly goes: boolean;
}

/** What the gateway puts between the words and what is quoted. */
export function LetterSignature({ conversation, goes }: LetterSignatureProps) {
  const t = useT();
  const client = useClient();
  const signature = useSelect((s) => selectSignature(s, conversation));
  const set = (on: boolean) => changeLetter(client, conversation.id, { signature: on });
  if (!signature) return null;
  if (!goes)
    return (
      <div className="px-1.5 pb-1">
        <Button size="small" variant="ghost" onClick={() => set(true)}>
          {t("letter.signature.add")}
        </Button>
      </div>
    );
  const [first = ""] = signature.text.split("\n");
  return (
    <FoldedPart
      words={t("letter.signature.goes", { first: neutralise(first) })}
      label={t("letter.signature.label")}
      show={t("letter.signature.show")}
      hide={t("letter.signature.hide")}
      leaveOut={t("letter.signature.leaveOut")}
      onLeaveOut={() => set(false)}
    >
      <LetterFrame html={mailHtml(signature.html)} quoted />
    </FoldedPart>
  );
}
