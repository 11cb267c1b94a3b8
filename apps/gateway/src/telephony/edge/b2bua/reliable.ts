import type { Clock } from "@tongdai/shared";
import { type Header, header, headerValues, parseRAck, type ReceivedRequest } from "../message/index.ts";
import type { ServerTransaction } from "../transaction/index.ts";

/** Milliseconds: the first wait, and how long at most (RFC 3262 3). */
const first = 500;
const patience = 64 * first;

/** Whether a caller takes 18x only when it is made sure of. */
export const wantsReliable = (invite: ReceivedRequest): boolean =>
  headerValues(invite, "require").some((value) => value.toLowerCase() === "100rel");

/** Sends 18x again until PRACK comes, one after the other (RFC 3262 3). After 32 s without it `giveUp` is called. */
export function createReliable(clock: Clock, invite: ServerTransaction, giveUp: () => void) {
  const queue: { status: number; headers: readonly Header[] }[] = [];
  let rseq = 0;
  let undo = (): void => {};

  function next(): void {
    const item = queue[0];
    if (!item) return;
    rseq++;
    repeat(item.status, [
      ...item.headers,
      { name: "require", value: "100rel" },
      { name: "rseq", value: `${rseq}` },
    ]);
  }

  function repeat(status: number, headers: readonly Header[]): void {
    let wait = first;
    const until = clock.elapsed() + patience;
    const send = (): void => {
      const left = until - clock.elapsed();
      if (left > 0) {
        invite.answer(status, { headers });
        undo = clock.after(Math.min(wait, left), send);
        wait *= 2;
      } else giveUp();
    };
    send();
  }

  return {
    send(status: number, headers: readonly Header[]): void {
      queue.push({ status, headers });
      if (queue.length === 1) next();
    },
    /** @returns false when it means nothing that we sent */
    acknowledged(prack: ReceivedRequest): boolean {
      const rack = parseRAck(header(prack, "rack") ?? "");
      if (queue.length === 0 || rack.rseq !== rseq || rack.cseq !== invite.request.cseq.number) return false;
      undo();
      queue.shift();
      next();
      return true;
    },
    stop(): void {
      undo();
      queue.length = 0;
    },
  };
}
