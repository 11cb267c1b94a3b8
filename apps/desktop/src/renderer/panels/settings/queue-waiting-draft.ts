import type { Queue, WaitAction, WaitRules, WaitStep } from "@tongdai/shared";
import { asNumber } from "../numbers.ts";

/** A step as it stands in the form: all that its other kinds may hold is kept while one chooses. Minutes. */
export interface StepDraft {
  readonly key: number;
  readonly after: string;
  readonly action: WaitAction;
  readonly text: string;
  readonly queueId: string;
}

export interface WaitDraft {
  readonly steps: readonly StepDraft[];
  readonly tells: boolean;
  readonly placeText: string;
  /** Minutes; empty: once. */
  readonly every: string;
}

/** The names in the text that stand for numbers: for sentences about it they stand for themselves. */
export const placeNames = { position: "{{position}}", minutes: "{{minutes}}" } as const;

const minute = 60_000;
const inMinutes = (ms: number): string => String(ms / minute);
const ofMinutes = (text: string): number => Math.round(asNumber(text) * minute);

export function waitDraftOf(
  queue: Pick<Queue, "waiting"> | null,
  o: { newKey: () => number; placeText: string },
): WaitDraft {
  const { steps, place } = queue?.waiting ?? { steps: [], place: null };
  return {
    steps: steps.map((step) => ({
      key: o.newKey(),
      after: inMinutes(step.afterMs),
      action: step.action,
      text: step.action === "message" ? step.text : "",
      queueId: step.action === "move" ? step.queueId : "",
    })),
    tells: place !== null,
    placeText: place?.text ?? o.placeText,
    every: place?.everyMs ? inMinutes(place.everyMs) : "",
  };
}

export const waitRulesFrom = ({ steps, tells, placeText, every }: WaitDraft): WaitRules => ({
  steps: steps.map(stepFrom),
  place: tells ? { text: placeText, everyMs: every.trim() === "" ? null : ofMinutes(every) } : null,
});

function stepFrom({ after, action, text, queueId }: StepDraft): WaitStep {
  const afterMs = ofMinutes(after);
  if (action === "message") return { afterMs, action, text };
  return action === "move" ? { afterMs, action, queueId } : { afterMs, action };
}

/** The first step that does not come later than the one before, or that comes after one that ends the wait. */
export function misplacedStep({
  steps,
}: WaitDraft): { readonly at: number; readonly why: "order" | "afterEnd" } | null {
  for (const [at, step] of steps.entries()) {
    const before = steps[at - 1];
    if (!before) continue;
    if (before.action !== "message") return { at, why: "afterEnd" };
    if (asNumber(step.after) <= asNumber(before.after)) return { at, why: "order" };
  }
  return null;
}
