import { type Editor, useEditorState } from "@tiptap/react";
import {
  Bold,
  Italic,
  Link,
  List,
  ListOrdered,
  type LucideIcon,
  RemoveFormatting,
  TextQuote,
  Underline,
} from "lucide-react";
import { useState } from "react";
import { type Key, useT } from "../i18n/index.ts";
import { IconButton } from "./icon-button.tsx";
import { rovingKeys } from "./roving.ts";
import type { ShortcutId } from "./shortcuts.ts";

interface Tool {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly label: Key & `letter.tool.${string}`;
  readonly shortcut?: ShortcutId;
  /** What the editor calls it; absent: it is on or off nowhere. */
  readonly mark?: string;
  readonly run: (editor: Editor) => void;
}

const tools: readonly Tool[] = [
  {
    id: "bold",
    icon: Bold,
    label: "letter.tool.bold",
    shortcut: "composer.bold",
    mark: "bold",
    run: (e) => e.chain().focus().toggleBold().run(),
  },
  {
    id: "italic",
    icon: Italic,
    label: "letter.tool.italic",
    shortcut: "composer.italic",
    mark: "italic",
    run: (e) => e.chain().focus().toggleItalic().run(),
  },
  {
    id: "underline",
    icon: Underline,
    label: "letter.tool.underline",
    shortcut: "composer.underline",
    mark: "underline",
    run: (e) => e.chain().focus().toggleUnderline().run(),
  },
  {
    id: "bullets",
    icon: List,
    label: "letter.tool.bullets",
    mark: "bulletList",
    run: (e) => e.chain().focus().toggleBulletList().run(),
  },
  {
    id: "numbers",
    icon: ListOrdered,
    label: "letter.tool.numbers",
    mark: "orderedList",
    run: (e) => e.chain().focus().toggleOrderedList().run(),
  },
  {
    id: "quote",
    icon: TextQuote,
    label: "letter.tool.quote",
    mark: "blockquote",
    run: (e) => e.chain().focus().toggleBlockquote().run(),
  },
];

interface RichToolbarProps {
  readonly editor: Editor;
  readonly onLink: () => void;
}

/** One stop for Tab; the arrows walk over its buttons (WAI-ARIA toolbar). */
export function RichToolbar({ editor, onLink }: RichToolbarProps) {
  const t = useT();
  const [stop, setStop] = useState("bold");
  const on = useEditorState({
    editor,
    selector: ({ editor: e }) =>
      [...tools.map((tool) => tool.mark ?? ""), "link"].filter((mark) => e.isActive(mark)).join(" "),
  });
  const isOn = (mark: string) => on.split(" ").includes(mark);
  const all: readonly Tool[] = [
    ...tools,
    {
      id: "link",
      icon: Link,
      label: "letter.tool.link",
      shortcut: "composer.link",
      mark: "link",
      run: onLink,
    },
    {
      id: "clear",
      icon: RemoveFormatting,
      label: "letter.tool.clear",
      run: (e) => e.chain().focus().clearNodes().unsetAllMarks().run(),
    },
  ];
  return (
    <div
      role="toolbar"
      aria-label={t("letter.tool.label")}
      data-roving-list="across"
      className="flex flex-wrap gap-0.5 px-1.5 pb-0.5"
    >
      {all.map(({ id, icon, label, shortcut, mark, run }) => (
        <IconButton
          key={id}
          size="small"
          icon={icon}
          label={t(label)}
          {...(shortcut && { shortcut })}
          {...(mark !== undefined && { pressed: isOn(mark) })}
          side="top"
          data-roving=""
          tabIndex={stop === id ? 0 : -1}
          onFocus={() => setStop(id)}
          onKeyDown={rovingKeys}
          // The text keeps its focus and what is chosen in it.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => run(editor)}
        />
      ))}
    </div>
  );
}
