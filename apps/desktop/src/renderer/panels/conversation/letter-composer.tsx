import type { Conversation } from "@tongdai/shared";
import { type ClipboardEvent, type RefObject, useRef } from "react";
import { mostFiles } from "../../actions/attach-files.ts";
import { useSelect } from "../../actions/react-client.ts";
import { useT } from "../../i18n/index.ts";
import { isEmptyDraft } from "../../state/drafts.ts";
import { letterFrom, type ShownLetter, selectAnswered } from "../../state/letters.ts";
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
  const t = useT();
  const answered = useSelect((s) => selectAnswered(s, conversation.id));
  const shown = letterFrom(draft.letter, answered, conversation);
  const isFresh = draft.letter === null && isEmptyDraft(draft);
  const left = filesLeft(shown, draft);
  const box = useRef<HTMLDivElement>(null);
  /** A letter that is passed on asks for somebody first. */
  const toRecipients = () => {
    const field = shown.to?.length === 0 && box.current?.querySelector<HTMLElement>("[data-recipients=to]");
    if (field) field.focus();
    return Boolean(field);
  };
  return (
    <div ref={box}>
      <LetterLines conversation={conversation} shown={shown} isFresh={isFresh} />
      <RichText conversation={conversation} draft={draft} focusFirst={toRecipients} {...text} />
      <LetterSignature conversation={conversation} goes={shown.signature} />
      {answered && (
        <QuotedLetter conversation={conversation} message={shown.quoted} forward={shown.forward} />
      )}
      {left && (
        <p role="status" className="px-3 pb-1 text-small text-amber-ink">
          {t("letter.filesLeft", left)}
        </p>
      )}
    </div>
  );
}

/** A letter with more files than one may carry is passed on without some of them. */
function filesLeft(
  { forward, quoted }: ShownLetter,
  { mediaIds }: DraftState,
): { readonly all: number; readonly most: number; readonly left: number } | null {
  const files = forward ? (quoted?.attachments ?? []).filter((a) => !a.inline && a.mediaId !== null) : [];
  const left = files.filter((a) => !mediaIds.includes(a.mediaId ?? "")).length;
  return files.length > mostFiles && left > 0 ? { all: files.length, most: mostFiles, left } : null;
}
