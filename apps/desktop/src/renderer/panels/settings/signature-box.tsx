import { useEditor } from "@tiptap/react";
import { useRef, useState } from "react";
import { useT } from "../../i18n/index.ts";
import { isComposing } from "../../ui/composing.ts";
import { richExtensions } from "../../ui/rich-extensions.ts";
import { RichFrame } from "../../ui/rich-frame.tsx";
import { plainOf } from "../../ui/rich-plain.ts";
import { isMac } from "../../ui/shortcuts.ts";

/** Longer than this the gateway takes none. */
const MOST = 2_000;

export interface SignatureWords {
  readonly html: string;
  readonly text: string;
}

interface SignatureBoxProps {
  readonly html: string;
  readonly onChange: (words: SignatureWords) => void;
}

/** Tab leaves; Ctrl+K makes a link of what is chosen. */
export default function SignatureBox({ html, onChange }: SignatureBoxProps) {
  const t = useT();
  const [linking, setLinking] = useState(false);
  const [extensions] = useState(() => richExtensions(MOST));
  const keys = useRef((event: KeyboardEvent): boolean => {
    if (isComposing(event)) return false;
    const mod = isMac ? event.metaKey : event.ctrlKey;
    if (mod && event.key.toLowerCase() === "k") {
      event.preventDefault();
      event.stopPropagation();
      setLinking(true);
      return true;
    }
    return event.key === "Tab";
  });
  const editor = useEditor({
    extensions,
    injectCSS: false,
    content: html,
    autofocus: "end",
    editorProps: {
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": t("signature.label") },
      handleDOMEvents: { keydown: (_view, event) => keys.current(event) },
    },
    onUpdate: ({ editor: now }) =>
      onChange(now.isEmpty ? { html: "", text: "" } : { html: now.getHTML(), text: plainOf(now.getJSON()) }),
  });
  return (
    <div className="rounded-ui border border-line-strong pt-1 focus-within:border-focus">
      <RichFrame
        editor={editor}
        placeholder={t("signature.placeholder")}
        linking={linking}
        onLinking={setLinking}
      />
    </div>
  );
}
