import type { MessageState } from "../contract/conversations.ts";

/**
 *  queued ──▶ sending ──▶ sent ──▶ delivered ──▶ read
 *               │ ▲ │        │
 *               │ │ └──▶ unknown ──(echo, receipt)──▶ sent …
 *               │ └─(resend)─┴── failed ◀──(not delivered)── sent
 *               └──▶ failed
 *
 * A provider's word only ever moves a message to the right. `failed` is left by an agent's resend or by proof that
 * the message did arrive.
 */
const rank = { queued: 0, sending: 1, unknown: 2, failed: 2, sent: 3, delivered: 4, read: 5 } as const;

type Outgoing = keyof typeof rank;
const isOutgoing = (s: MessageState): s is Outgoing => s in rank;

/** The state after hearing `heard`: never further left than `current`. */
export function advance(current: MessageState, heard: Outgoing): MessageState {
  if (!isOutgoing(current)) return current;
  return rank[heard] > rank[current] ? heard : current;
}

/** The state after the provider took a message and could not deliver it: what has arrived has arrived. */
export const undelivered = (current: MessageState): MessageState =>
  current === "delivered" || current === "read" || !isOutgoing(current) ? current : "failed";
