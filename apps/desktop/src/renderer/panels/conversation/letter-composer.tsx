import type { Conversation } from "@tongdai/shared";
import { type ClipboardEvent, type RefObject, useRef } from "react";
import { useSelect } from "../../actions/react-client.ts";
import { letterFrom, selectAnswered } from "../../state/letters.ts";
import type { DraftState } from "../../state/model.ts";
import { LetterLines } from "./letter-lines.tsx";
import { LetterSignature } from "./letter-signature.tsx";
import { QuotedLetter } from "./quoted-letter.tsx";
import { RichText } from "./rich-text.tsx";

/** The rich text box, as what stands around it uses it. */
export interface RichBox {
  focus(): void;
  /** Puts words where the caret is. */
  insert(words: string): void;
}

interface LetterComposerProps {
  readonly conversation: Conversation;
  readonly draft: DraftState;
  /** Told what the box can do for as long as it is here. */
  readonly rich: RefObject<RichBox | null>;
  /** The plain box that stood here until now had the focus. */
  readonly takesFocus: boolean;
  readonly onPaste: (event: ClipboardEvent) => void;
}

/** A letter: to whom, about what, its formatted words, and what it quotes. */
export default function LetterComposer({ conversation, draft, ...text }: LetterComposerProps) {
  const answered = useSelect((s) => selectAnswered(s, conversation.id));
  const shown = letterFrom(draft.letter, answered, conversation);
  const box = useRef<HTMLDivElement>(null);
  /** A letter that is passed on asks for somebody first. */
  const toRecipients = () => {
    const field = shown.to?.length === 0 && box.current?.querySelector<HTMLElement>("[data-recipients=to]");
    if (field) field.focus();
    return Boolean(field);
  };
  return (
    <div ref={box}>
      <LetterLines conversation={conversation} shown={shown} />
      <RichText conversation={conversation} draft={draft} focusFirst={toRecipients} {...text} />
      <LetterSignature conversation={conversation} goes={shown.signature} />
      {answered && (
        <QuotedLetter conversation={conversation} message={shown.quoted} forward={shown.forward} />
      )}
    </div>
  );
}
