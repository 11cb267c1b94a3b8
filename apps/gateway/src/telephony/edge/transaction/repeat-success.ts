import type { Clock } from "@tongdai/shared";
import type { AnswerParts } from "../message/index.ts";
import type { ServerTransaction } from "./server-transaction.ts";
import { patience, T1, T2 } from "./timers.ts";

export interface Repetition {
  /** The ACK is there. */
  acknowledged(): void;
}

/**
 * Answers an INVITE with a 2xx and repeats it until its ACK comes, on every kind of road, because somewhere behind the
 * next hop there may be one that loses (RFC 3261 13.3.1.4). After 64*T1 without it `giveUp` is called: BYE is due.
 */
export function repeatSuccess(
  clock: Clock,
  invite: ServerTransaction,
  { status = 200, giveUp, ...parts }: AnswerParts & { status?: number; giveUp: () => void },
): Repetition {
  let wait = T1;
  let undoRepeat = (): void => {};
  const repeat = (): void => {
    invite.answer(status, parts);
    undoRepeat = clock.after(wait, repeat);
    wait = Math.min(wait * 2, T2);
  };
  const undoGiveUp = clock.after(patience, () => {
    undoRepeat();
    giveUp();
  });
  repeat();
  return {
    acknowledged() {
      undoRepeat();
      undoGiveUp();
    },
  };
}
