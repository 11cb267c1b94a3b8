import type { Conversation, Message } from "@tongdai/shared";
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type RefObject,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { focusOn } from "../../actions/navigate.ts";
import { useClient, useSelect } from "../../actions/react-client.ts";
import { changeDraft } from "../../actions/save-draft.ts";
import { setTyping } from "../../actions/set-typing.ts";
import { useT } from "../../i18n/index.ts";
import type { DraftState, State } from "../../state/model.ts";
import { privateTarget } from "../../state/private-answer.ts";
import { selectCapabilities, selectThread } from "../../state/selectors.ts";
import { isComposing } from "../../ui/composing.ts";
import { Textarea } from "../../ui/input.tsx";
import { shownName } from "../../ui/phone.ts";
import { isWriting } from "../is-writing.ts";
import { useFocusWish } from "../use-focus-wish.ts";
import { commenter } from "./commenter.ts";
import { Suggestions, suggestionsFor, useSuggestions } from "./suggestions.tsx";
import { useSubmit } from "./use-submit.ts";

interface ComposerTextProps {
  readonly conversation: Conversation;
  readonly draft: DraftState;
  readonly box: RefObject<HTMLTextAreaElement | null>;
  readonly onPaste: (event: ClipboardEvent) => void;
}

/** Enter sends, Shift+Enter breaks the line; `/` offers canned replies, `@` in a note offers people. */
export function ComposerText({ conversation, draft, box, onPaste }: ComposerTextProps) {
  const t = useT();
  const client = useClient();
  const { id } = conversation;
  const submit = useSubmit(id);
  const isPublic = useSelect((s) => selectCapabilities(s, conversation)?.public !== undefined);
  const answered = useSelect((s) => answeredComment(s, id, draft));
  const placeholder = !isPublic
    ? "conversation.composer.placeholder"
    : draft.privately
      ? "comments.privatePlaceholder"
      : "comments.placeholder";
  const [caret, setCaret] = useState(draft.text.length);
  const suggest = useSuggestions(suggestionsFor(draft, caret));
  const caretAfter = useRef<number | null>(null);
  useFocusWish("taken", () => isWriting() || focusEnd(box.current));
  // In the same commit as the text: a frame later the next key would already stand elsewhere.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows the text
  useLayoutEffect(() => {
    if (caretAfter.current !== null) box.current?.setSelectionRange(caretAfter.current, caretAfter.current);
    caretAfter.current = null;
  }, [draft.text, box]);

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
            : t(placeholder, {
                name: answered ? commenter(answered, conversation, t) : shownName(conversation.customerName),
              })
        }
      />
    </div>
  );
}

/** Whose comment the words answer, where others may have joined in. */
function answeredComment(state: State, id: string, { privately, replyToId }: DraftState): Message | null {
  const messages = selectThread(state, id)?.messages ?? [];
  const answered = privately
    ? privateTarget(messages, replyToId)
    : messages.find((m) => m.id === replyToId && m.direction === "in");
  return answered ?? null;
}

/** With the cursor behind what is written already. */
export function focusEnd(box: HTMLTextAreaElement | null): void {
  box?.focus();
  box?.setSelectionRange(box.value.length, box.value.length);
}
