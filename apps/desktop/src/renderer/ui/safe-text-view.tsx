import type { KeyboardEvent } from "react";
import { useT } from "../i18n/index.ts";
import { cn } from "./cn.ts";
import { Highlight } from "./highlight.tsx";
import { disguisedHost, type LinkScheme, type Segment, segments } from "./safe-text.ts";

export interface OpenedLink {
  readonly href: string;
  readonly scheme: LinkScheme;
}

interface SafeTextProps {
  readonly text: string;
  /** Without it links stay plain text. */
  readonly onLink?: (link: OpenedLink) => void;
  /** A query whose words are marked. */
  readonly mark?: string;
  readonly className?: string;
}

/** A stranger's words: shown as written, never as markup; nothing opens except through `onLink`. */
export function SafeText({ text, onLink, mark = "", className }: SafeTextProps) {
  return (
    <span dir="auto" className={cn("whitespace-pre-wrap wrap-anywhere [unicode-bidi:isolate]", className)}>
      {segments(text).map((segment, index) => (
        // Segments have no identity of their own, and a text never changes its order.
        // biome-ignore lint/suspicious/noArrayIndexKey: position is the identity here
        <Piece key={index} segment={segment} onLink={onLink} mark={mark} />
      ))}
    </span>
  );
}

interface PieceProps {
  readonly segment: Segment;
  readonly onLink: SafeTextProps["onLink"] | undefined;
  readonly mark: string;
}

function Piece({ segment, onLink, mark }: PieceProps) {
  const t = useT();
  if (segment.kind === "text") return mark ? <Highlight text={segment.text} query={mark} /> : segment.text;
  if (segment.kind === "hidden")
    return (
      <span
        role="img"
        aria-label={t("common.hiddenCharacter", { code: segment.code })}
        className="mx-px rounded-tight bg-amber-soft px-1 font-mono text-small text-amber-ink"
      >
        {segment.code}
      </span>
    );
  if (!onLink) return segment.text;
  const host = disguisedHost(segment.href);
  const open = () => onLink({ href: segment.href, scheme: segment.scheme });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    open();
  };
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a middle click or a drag of an anchor would bypass onLink */}
      <span
        role="link"
        tabIndex={0}
        title={segment.href}
        onClick={open}
        onKeyDown={onKeyDown}
        className="cursor-pointer text-accent-ink underline decoration-1 underline-offset-2 hover:decoration-2"
      >
        {segment.text}
      </span>
      {host && (
        <span className="mx-1 rounded-tight bg-amber-soft px-1 text-small text-amber-ink">{host}</span>
      )}
    </>
  );
}
