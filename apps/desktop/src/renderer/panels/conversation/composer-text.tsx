import type { Conversation } from "@tongdai/shared";
import { type ClipboardEvent, type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { focusOn } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { changeDraft } from "../../actions/save-draft.ts";
import { setTyping } from "../../actions/set-typing.ts";
import { useT } from "../../i18n/index.ts";
import type { DraftState } from "../../state/model.ts";
import { isComposing } from "../../ui/composing.ts";
import { Textarea } from "../../ui/input.tsx";
import { neutralise } from "../../ui/safe-text.ts";
import { Suggestions, suggestionsFor, useSuggestions } from "./suggestions.tsx";
import { useSubmit } from "./use-submit.ts";

interface ComposerTextProps {
  readonly conversation: Conversation;
  readonly draft: DraftState;
  /** The last wish for focus that this composer has seen, box or no box. */
  readonly answeredWish: { readonly current: number };
  readonly onPaste: (event: ClipboardEvent) => void;
}

/** Enter sends, Shift+Enter breaks the line; `/` offers canned replies, `@` in a note offers people. */
export function ComposerText({ conversation, draft, answeredWish, onPaste }: ComposerTextProps) {
  const t = useT();
  const client = useClient();
  const { id } = conversation;
  const submit = useSubmit(id);
  const box = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(draft.text.length);
  const suggest = useSuggestions(suggestionsFor(draft, caret));
  const caretAfter = useRef<number | null>(null);
  useComposerFocus(box, answeredWish);
  // In the same commit as the text: a frame later the next key would already stand elsewhere.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows the text
  useLayoutEffect(() => {
    if (caretAfter.current !== null) box.current?.setSelectionRange(caretAfter.current, caretAfter.current);
    caretAfter.current = null;
  }, [draft.text]);

  const change = (text: string, at: number) => {
    changeDraft(client, id, { text });
    setCaret(at);
    if (!draft.note && text !== "") setTyping(client, id);
  };
  const insert = (words: string) => {
    const token = suggest.token;
    if (!token) return;
    const text = `${draft.text.slice(0, token.from)}${words}${draft.text.slice(caret)}`;
    const at = token.from + words.length;
    caretAfter.current = at;
    change(text, at);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // A Vietnamese input method is still making the syllable: its Enter is not ours.
    if (isComposing(event.nativeEvent)) return;
    const chosen = suggest.press(event.key);
    if (chosen !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      if (chosen) insert(chosen.text);
      return;
    }
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      focusOn(client, "list");
      return;
    }
    if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
    event.preventDefault();
    submit(draft.note);
  };
  return (
    <div>
      <Suggestions suggest={suggest} onChoose={(each) => insert(each.text)} />
      <Textarea
        ref={box}
        bare
        minRows={2}
        maxRows={9}
        value={draft.text}
        maxLength={20_000}
        onChange={(e) => change(e.target.value, e.target.selectionStart)}
        onSelect={(e) => setCaret(e.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={suggest.items.length > 0 ? suggest.listId : undefined}
        aria-activedescendant={suggest.activeId}
        aria-label={t("conversation.composer.label")}
        placeholder={
          draft.note
            ? t("conversation.composer.notePlaceholder")
            : t("conversation.composer.placeholder", { name: neutralise(conversation.customerName) })
        }
      />
    </div>
  );
}

/** The box may come with the wish that is for it (a note where no answer may be written), but not find an old one. */
function useComposerFocus(
  box: { readonly current: HTMLTextAreaElement | null },
  answered: { readonly current: number },
): void {
  const wish = useSelect((s) => s.ui.focus);
  useEffect(() => {
    if (wish.count === answered.current || wish.target !== "composer") return;
    const node = box.current;
    node?.focus();
    node?.setSelectionRange(node.value.length, node.value.length);
  }, [wish, box, answered]);
}
