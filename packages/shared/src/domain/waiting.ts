import type { PlaceNotice, WaitRules, WaitStep } from "../contract/wait-rules.ts";

/** What a waiting interaction remembers of its queue's wait rules. Epoch milliseconds. */
export interface WaitProgress {
  /** From when on its waiting counts: not while it was held or served, and anew in another queue. */
  readonly from: number;
  /** Steps that are done: see `keyOf`. */
  readonly done: readonly string[];
  /** What the customer was last told of their place in this queue. */
  readonly told: { readonly at: number; readonly position: number } | null;
}

/** Whoever is served or offered to somebody within this time is told nothing of a place. */
const SETTLE_MS = 5_000;

/** Each step is done at most once an interaction, wherever it goes meanwhile. */
const keyOf = (queueId: string, step: WaitStep): string => `${queueId} ${step.action} ${step.afterMs}`;

const ahead = (queueId: string, rules: WaitRules, p: WaitProgress): readonly WaitStep[] =>
  rules.steps.filter((step) => !p.done.includes(keyOf(queueId, step)));

/** When there is next something to do; null: never. Epoch milliseconds. */
export function nextWaitTime(queueId: string, rules: WaitRules, p: WaitProgress): number | null {
  const step = ahead(queueId, rules, p)[0];
  const times = [step ? p.from + step.afterMs : Infinity, tellAt(rules.place, p) ?? Infinity];
  const next = Math.min(...times);
  return next === Infinity ? null : next;
}

/** The step that ends the wait in this queue, and when it is due; null: none does. */
export function endOfWait(
  queueId: string,
  rules: WaitRules,
  p: WaitProgress,
): { readonly step: WaitStep; readonly at: number; readonly done: readonly string[] } | null {
  const step = ahead(queueId, rules, p).at(-1);
  if (!step || step.action === "message") return null;
  return { step, at: p.from + step.afterMs, done: [...p.done, keyOf(queueId, step)] };
}

/** When the place is to be looked at, to tell it; null: not again. */
export function tellAt(notice: PlaceNotice | null, p: WaitProgress): number | null {
  if (!notice) return null;
  if (!p.told) return p.from + SETTLE_MS;
  return notice.everyMs === null ? null : p.told.at + notice.everyMs;
}

/** The steps that are due: of several that were missed only the last one is carried out, and all count as done. */
export function dueSteps(
  queueId: string,
  rules: WaitRules,
  o: { progress: WaitProgress; now: number },
): { step: WaitStep | null; done: readonly string[] } {
  const due = ahead(queueId, rules, o.progress).filter((s) => o.progress.from + s.afterMs <= o.now);
  return { step: due.at(-1) ?? null, done: [...o.progress.done, ...due.map((s) => keyOf(queueId, s))] };
}

/** Minutes as one may honestly say them: never less than it is, and no more exact than a guess can be. */
export function roundedMinutes(ms: number): number {
  const minutes = Math.max(1, Math.ceil(ms / 60_000));
  const grain = minutes <= 5 ? 1 : minutes <= 60 ? 5 : 15;
  return Math.ceil(minutes / grain) * grain;
}

/** The words for a place in a line; empty when nothing in them is known. */
export function placeText(template: string, o: { position: number | null; waitMs: number | null }): string {
  const values = {
    position: o.position,
    minutes: o.waitMs === null ? null : roundedMinutes(o.waitMs),
  };
  const said = template.split("\n").flatMap((line) => {
    const names = [...line.matchAll(/\{\{(position|minutes)\}\}/g)].map((m) => m[1] as keyof typeof values);
    if (names.some((name) => values[name] === null)) return [];
    return [{ isKnown: names.length > 0, line: fill(line, values) }];
  });
  return said.some((s) => s.isKnown) ? said.map((s) => s.line).join("\n") : "";
}

const fill = (line: string, values: Readonly<Record<string, number | null>>): string =>
  line.replaceAll(/\{\{(position|minutes)\}\}/g, (_, name: string) => String(values[name]));
