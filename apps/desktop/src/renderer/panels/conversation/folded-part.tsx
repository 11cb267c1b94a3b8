/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- a box that scrolls is reached by keyboard */
import { Ellipsis, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { IconButton } from "../../ui/icon-button.tsx";

interface FoldedPartProps {
  /** What it is, beside the buttons. */
  readonly words: string;
  readonly label: string;
  readonly show: string;
  readonly hide: string;
  readonly leaveOut: string;
  readonly onLeaveOut: () => void;
  readonly children: ReactNode;
}

/** What goes along below the words of a letter: folded, to be looked at, and to be left out. */
export function FoldedPart({ words, label, show, hide, leaveOut, onLeaveOut, children }: FoldedPartProps) {
  const [open, setOpen] = useState(false);
  return (
    <div className="px-1.5 pb-1">
      <div className="flex items-center gap-1">
        <IconButton
          icon={Ellipsis}
          size="small"
          label={open ? hide : show}
          aria-expanded={open}
          side="top"
          onClick={() => setOpen(!open)}
        />
        <span className="min-w-0 truncate text-small text-ink-3">{words}</span>
        <IconButton icon={X} size="small" label={leaveOut} side="top" onClick={onLeaveOut} />
      </div>
      {open && (
        <section
          tabIndex={0}
          aria-label={label}
          className="max-h-48 overflow-y-auto px-1.5 text-small text-ink-3"
        >
          {children}
        </section>
      )}
    </div>
  );
}
