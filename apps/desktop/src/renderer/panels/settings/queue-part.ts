import type { Submit } from "../use-submit.ts";
import type { QueueDraft } from "./queue-draft.ts";

/** What each part of the queue's form is given. */
export interface QueuePartProps {
  readonly draft: QueueDraft;
  readonly onChange: (change: Partial<QueueDraft>) => void;
  readonly errorOf: Submit["errorOf"];
}

/** The list with one line changed. */
export const withLine = <L extends { readonly key: number }>(
  list: readonly L[],
  key: number,
  change: Partial<L>,
): readonly L[] => list.map((line) => (line.key === key ? { ...line, ...change } : line));

export const withoutLine = <L extends { readonly key: number }>(
  list: readonly L[],
  key: number,
): readonly L[] => list.filter((line) => line.key !== key);
