import { splitByQuery } from "./text.ts";

interface HighlightProps {
  readonly text: string;
  readonly query: string;
}

/** The words that were searched for, marked where they stand, with or without Vietnamese marks. */
export function Highlight({ text, query }: HighlightProps) {
  return splitByQuery(text, query).map((part, index) =>
    part.hit ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its position in the text
      <mark key={index} className="rounded-[2px] bg-amber-soft font-medium text-amber-ink">
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
}
