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
}

export function replyWindow(
  rules: Capabilities["replyWindow"],
  { windowOpenedAt: openedAt, lastInboundAt, windowRefusedAt }: WindowFacts,
  now: number,
): ReplyWindow {
  if (!rules) return { state: "free" };
  if (openedAt === null) return { state: "unopened" };
  if (windowRefusedAt !== null && openedAt <= windowRefusedAt) return { state: "closed" };
  if (now < openedAt + rules.standard) return { state: "open", until: openedAt + rules.standard };
  const human = rules.human !== null && lastInboundAt !== null ? lastInboundAt + rules.human : 0;
  return now < human ? { state: "human", until: human } : { state: "closed" };
}
