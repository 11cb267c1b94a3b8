import type { Capabilities, Message } from "@tongdai/shared";
import type { DraftState } from "./model.ts";

type Rules = Capabilities["public"];

/** Why a comment cannot be answered in private. */
export type PrivateObstacle = "none" | "used" | "late";

/** Whom a private answer would go to: the comment that is answered, else the customer's newest. */
export function privateTarget(messages: readonly Message[], replyToId: string | null): Message | null {
  const isTheirs = (m: Message) => m.direction === "in" && m.comment !== undefined && m.state !== "removed";
  const chosen = messages.find((m) => m.id === replyToId);
  if (chosen) return isTheirs(chosen) ? chosen : null;
  // Others may have joined in: whoever means one of them chooses their comment.
  return messages.findLast((m) => isTheirs(m) && m.comment?.author === null) ?? null;
}

/** `null`: it can. The gateway decides; this is for not offering what it would refuse. */
export function privateObstacle(o: {
  rules: Rules;
  target: Message | null;
  messages: readonly Message[];
  now: number;
}): PrivateObstacle | null {
  const rule = o.rules?.privateReply;
  const { target } = o;
  if (!rule || !target) return "none";
  const isAnswer = (m: Message) =>
    m.comment?.isPrivate === true &&
    m.replyTo?.messageId === target.id &&
    m.state !== "failed" &&
    m.state !== "removed";
  if (o.messages.some(isAnswer)) return "used";
  return o.now - target.at > rule.within ? "late" : null;
}

/** By how many characters a private answer is more than the one message that it may be; 0: it is not. */
export function privateExcess(rules: Rules, { privately, note, text }: DraftState): number {
  const most = rules?.privateReply?.maxLength;
  return privately && !note && most !== undefined ? Math.max(0, text.trim().length - most) : 0;
}
