import { type Editor, useEditor } from "@tiptap/react";
import type { Conversation } from "@tongdai/shared";
import {
  type ClipboardEvent,
  type RefObject,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import type { Client } from "../../actions/client.ts";
import { focusOn } from "../../actions/navigate.ts";
import { useClient } from "../../actions/react-client.ts";
import { setTyping } from "../../actions/set-typing.ts";
import { changeLetter } from "../../actions/write-letter.ts";
import { useT } from "../../i18n/index.ts";
import { emptyDraft } from "../../state/drafts.ts";
import { htmlOf } from "../../state/letter-html.ts";
import type { DraftState } from "../../state/model.ts";
import { isComposing } from "../../ui/composing.ts";
import { shownName } from "../../ui/phone.ts";
import { richExtensions } from "../../ui/rich-extensions.ts";
import { RichFrame } from "../../ui/rich-frame.tsx";
import { plainOf } from "../../ui/rich-plain.ts";
import { isMac } from "../../ui/shortcuts.ts";
import { isWriting } from "../is-writing.ts";
import { useFocusWish } from "../use-focus-wish.ts";
import type { RichBox } from "./letter-composer.tsx";
import { type Suggest, Suggestions, suggestionsFor, useSuggestions } from "./suggestions.tsx";

/** Longer than this the gateway takes no text. */
const extensions = richExtensions(20_000);

interface RichTextProps {
  readonly conversation: Conversation;
  readonly draft: DraftState;
  readonly rich: RefObject<RichBox | null>;
  readonly takesFocus: boolean;
  /** What is to be filled in before; false: nothing. */
  readonly focusFirst: () => boolean;
  readonly onPaste: (event: ClipboardEvent) => void;
}

/** Enter begins a paragraph, Ctrl+Enter sends; Tab leaves; `/` at the beginning of a line offers canned replies. */
export function RichText(props: RichTextProps) {
  const { conversation, draft, rich, takesFocus, focusFirst, onPaste } = props;
  const { id } = conversation;
  const t = useT();
  const client = useClient();
  const [caret, setCaret] = useState({ line: "", at: 0 });
  const [linking, setLinking] = useState(false);
  const suggest = useSuggestions(suggestionsFor({ text: caret.line, note: false }, caret.at));
  const keys = useRef<(event: KeyboardEvent) => boolean>(() => false);
  const [first] = useState(() => contentOf(client, id));
  const told = useRef(first);
  const label = t("conversation.composer.label");
  const look = (editor: Editor) => {
    const { $from, empty } = editor.state.selection;
    const line = $from.parent.textBetween(0, $from.parentOffset, "\n", "\n");
    setCaret(empty && $from.depth === 1 ? { line, at: line.length } : { line: "", at: 0 });
  };
  const editor = useEditor({
    extensions,
    injectCSS: false,
    content: first.html ?? htmlOf(first.text),
    autofocus: takesFocus ? "end" : false,
    editorProps: {
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": label },
      handleDOMEvents: { keydown: (_view, event) => keys.current(event) },
    },
    onUpdate({ editor: now }) {
      const html = now.isEmpty ? null : now.getHTML();
      told.current = { html, text: html === null ? "" : plainOf(now.getJSON()) };
      changeLetter(client, id, { html }, told.current.text);
      if (html !== null) setTyping(client, id);
      look(now);
    },
    onSelectionUpdate: ({ editor: now }) => look(now),
  });

  // What is in the store now, and not what was drawn: between the two a key may have been pressed.
  const follow = useEffectEvent(() => {
    const now = contentOf(client, id);
    const isOurs = now.html === null ? now.text === told.current.text : now.html === told.current.html;
    if (isOurs) return;
    told.current = now;
    const hasFocus = editor.isFocused;
    editor.commands.setContent(now.html ?? htmlOf(now.text), { emitUpdate: false });
    if (hasFocus) editor.commands.focus("end");
    look(editor);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows the draft
  useEffect(() => follow(), [draft.text, draft.letter?.html, editor]);
  useImperativeHandle(rich, () => ({
    focus: () => void (focusFirst() || editor.commands.focus("end")),
    insert: (words) => void editor.chain().focus().insertContent(htmlOrText(words)).run(),
  }));
  useFocusWish("taken", () => void (isWriting() || editor.commands.focus("end")));

  const insert = (words: string) => {
    const from = editor.state.selection.from - (caret.at - (suggest.token?.from ?? 0));
    editor
      .chain()
      .focus()
      .insertContentAt({ from, to: editor.state.selection.from }, htmlOrText(words))
      .run();
  };
  useEffect(() => {
    keys.current = (event) => pressed(event, { client, suggest, insert, link: () => setLinking(true) });
  });
  return (
    <div className="relative">
      <Suggestions suggest={suggest} onChoose={(each) => insert(each.text)} />
      <RichFrame
        editor={editor}
        placeholder={
          draft.letter?.forward
            ? t("letter.forwardPlaceholder")
            : t("conversation.composer.placeholder", { name: shownName(conversation.customerName) })
        }
        linking={linking}
        onLinking={setLinking}
        onPaste={onPaste}
      />
    </div>
  );
}

interface Pressed {
  readonly client: Client;
  readonly suggest: Suggest;
  readonly insert: (words: string) => void;
  readonly link: () => void;
}

/** @returns whether the editor must not see it. */
function pressed(event: KeyboardEvent, { client, suggest, insert, link }: Pressed): boolean {
  // A Vietnamese input method is still making the syllable: its Enter is not ours.
  if (isComposing(event)) return false;
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const chosen = mod ? undefined : suggest.press(event.key);
  if (chosen !== undefined) {
    if (chosen) insert(chosen.text);
    return swallow(event);
  }
  if (event.key === "Escape") {
    focusOn(client, "list");
    return swallow(event);
  }
  if (mod && event.key.toLowerCase() === "k") {
    link();
    return swallow(event);
  }
  // Tab goes on to what comes next, and who answers Ctrl+Enter is further up.
  return event.key === "Tab" || (mod && event.key === "Enter");
}

function swallow(event: KeyboardEvent): true {
  event.preventDefault();
  event.stopPropagation();
  return true;
}

function contentOf(client: Client, conversationId: string): { html: string | null; text: string } {
  const { text, letter } = client.store.getState().drafts[conversationId] ?? emptyDraft;
  return { html: letter?.html ?? null, text };
}

/** One line goes into the paragraph that is there; several are paragraphs of their own. */
const htmlOrText = (words: string) => (words.includes("\n") ? htmlOf(words) : { type: "text", text: words });
