import type { Capabilities } from "../contract/channel-info.ts";

/**
 * `free`: the channel has no window. `open`: anything may be sent until `until`. `human`: only words typed by a person.
 * `closed`: nothing; `unopened`: the customer has not written yet.
 */
export type ReplyWindow =
  | { state: "free" }
  | { state: "open" | "human"; until: number }
  | { state: "closed" | "unopened" };

export interface WindowFacts {
  /** The customer's last window-opening act: message, tap, reaction. */
  readonly windowOpenedAt: number | null;
  /** The customer's last message: the longer, human window runs from it. */
  readonly lastInboundAt: number | null;
  /** When the vendor last said that the window was over: it counts until the customer's next act. */
  readonly windowRefusedAt: number | null;
  /** When it last said so of the human window: it counts until the customer's next message. */
  readonly humanWindowRefusedAt: number | null;
}

export function replyWindow(
  rules: Capabilities["replyWindow"],
  { windowOpenedAt: openedAt, lastInboundAt, windowRefusedAt, humanWindowRefusedAt }: WindowFacts,
  now: number,
): ReplyWindow {
  if (!rules) return { state: "free" };
  if (openedAt === null) return { state: "unopened" };
  const open = until(openedAt, windowRefusedAt, rules.standard);
  if (now < open) return { state: "open", until: open };
  const human = until(lastInboundAt, humanWindowRefusedAt, rules.human);
  return now < human ? { state: "human", until: human } : { state: "closed" };
}

/** Each window ends by its own time, or by the vendor's word of it: a refusal says nothing of the other. */
function until(openedAt: number | null, refusedAt: number | null, lengthMs: number | null): number {
  if (openedAt === null || lengthMs === null) return 0;
  return refusedAt !== null && openedAt <= refusedAt ? 0 : openedAt + lengthMs;
}

type Times = Pick<Capabilities, "replyWindow" | "chargedAfter">;

/**
 * Milliseconds after the customer's window-opening act in which an answer is possible and costs nothing more than it does at
 * once; `null`: it makes no difference when one answers.
 */
export function answerWithin({ replyWindow: rules, chargedAfter }: Times): number | null {
  const ends = [rules?.standard ?? null, chargedAfter].filter((ms) => ms !== null && ms > 0);
  return ends.length === 0 ? null : Math.min(...ends.map(Number));
}

/**
 * Until when an answer is possible and costs no more than at once, whether that is past or to come; where the vendor has refused
 * that, until when a person's own words are possible. `null`: it makes no difference when one answers.
 */
export function answerUntil(capabilities: Times, facts: WindowFacts): number | null {
  const within = answerWithin(capabilities);
  const { windowOpenedAt, windowRefusedAt, lastInboundAt, humanWindowRefusedAt } = facts;
  if (within === null || windowOpenedAt === null) return null;
  const ends =
    until(windowOpenedAt, windowRefusedAt, within) ||
    until(lastInboundAt, humanWindowRefusedAt, capabilities.replyWindow?.human ?? null);
  return ends || windowRefusedAt;
}

/** When an answer begins to cost money; `null`: never, or always. */
export const chargedFrom = (
  { chargedAfter }: Pick<Times, "chargedAfter">,
  { windowOpenedAt }: Pick<WindowFacts, "windowOpenedAt">,
): number | null => (chargedAfter && windowOpenedAt !== null ? windowOpenedAt + chargedAfter : null);
