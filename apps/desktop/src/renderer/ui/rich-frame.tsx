import { type Editor, EditorContent } from "@tiptap/react";
import type { ClipboardEvent } from "react";
import { LinkField } from "./link-field.tsx";
import { RichToolbar } from "./rich-toolbar.tsx";

interface RichFrameProps {
  readonly editor: Editor;
  readonly placeholder: string;
  /** An address is being typed for what is chosen. */
  readonly linking: boolean;
  readonly onLinking: (linking: boolean) => void;
  readonly onPaste?: (event: ClipboardEvent) => void;
}

/** What formats a text above it, and the text. */
export function RichFrame({ editor, placeholder, linking, onLinking, onPaste }: RichFrameProps) {
  const setLink = (href: string | null) => {
    onLinking(false);
    const chain = editor.chain().focus().extendMarkRange("link");
    if (href === null) chain.unsetLink().run();
    else if (editor.state.selection.empty && !editor.isActive("link"))
      chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    else chain.setLink({ href }).run();
  };
  return (
    <>
      <RichToolbar editor={editor} onLink={() => onLinking(true)} />
      {linking && (
        <LinkField
          href={String(editor.getAttributes("link")["href"] ?? "")}
          onDone={setLink}
          onCancel={() => {
            onLinking(false);
            editor.commands.focus();
          }}
        />
      )}
      <div className="relative max-h-[40vh] min-h-18 overflow-y-auto" onPasteCapture={onPaste}>
        {editor.isEmpty && (
          <p aria-hidden className="pointer-events-none absolute inset-x-3 top-1.5 text-read text-ink-3">
            {placeholder}
          </p>
        )}
        <EditorContent editor={editor} className="rich-text text-read text-ink" />
      </div>
    </>
  );
}
