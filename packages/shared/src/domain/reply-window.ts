import type { Capabilities } from "../contract/channel-info.ts";

/**
 * `free`: the channel has no window. `open`: anything may be sent until `until`. `human`: only words typed by a person.
 * `closed`: nothing; `unopened`: the customer has not written yet.
 */
export type ReplyWindow =
  | { state: "free" }
  | { state: "open" | "human"; until: number }
  | { state: "closed" | "unopened" };

/**
 * @param openedAt the customer's last window-opening act (message, tap, reaction)
 * @param lastInboundAt the customer's last message: the longer, human window runs from it
 */
export function replyWindow(
  rules: Capabilities["replyWindow"],
  openedAt: number | null,
  lastInboundAt: number | null,
  now: number,
): ReplyWindow {
  if (!rules) return { state: "free" };
  if (openedAt === null) return { state: "unopened" };
  if (now < openedAt + rules.standard) return { state: "open", until: openedAt + rules.standard };
  const human = rules.human !== null && lastInboundAt !== null ? lastInboundAt + rules.human : 0;
  return now < human ? { state: "human", until: human } : { state: "closed" };
}
