import { agreement, ourCause, talks, timerOfRequest, tooShort } from "../leg/index.ts";
import type { AnswerParts, ReceivedRequest } from "../message/index.ts";
import { readSdp, type Sdp } from "../sdp/index.ts";
import type { ServerTransaction } from "../transaction/index.ts";
import type { RunningCall } from "./call.ts";
import type { Line } from "./line.ts";
import type { Outcome } from "./session.ts";

export const retrySoon = { headers: [{ name: "retry-after", value: "2" }] };

/** What the other party's refusal is to this one: a dialog that it lost, or a password that it wants, is not this one's. */
export const refusalOfOther = (status: number): number =>
  status < 300 ? 488 : [401, 407, 481].includes(status) ? 500 : status;

/** re-INVITE (hold, resume, another network): the other party is asked, and its answer passed back. */
export function change(call: RunningCall, line: Line, transaction: ServerTransaction): void {
  const other = call.otherOf(line);
  const short = tooShort(transaction.request);
  const reading = readSdp(transaction.request);
  if (short) transaction.answer(422, { headers: [short] });
  else if (reading.kind === "refused") transaction.answer(reading.refusal.status, reading.refusal);
  else if (!other || !ready(other) || !ready(line)) transaction.answer(491);
  else {
    const refused = begin(line, other);
    if (refused) transaction.answer(refused.status, refused);
    else pass(call, { line, other, transaction }, reading.kind === "sdp" ? reading.sdp : undefined);
  }
}

/** In a talk whose INVITE is settled. */
const ready = ({ leg }: Line): boolean => talks(leg) && leg.owed === "nothing";

/** Ours crosses with theirs, or theirs came twice (RFC 3261 14.2). */
function begin(line: Line, other: Line): ({ status: number } & AnswerParts) | undefined {
  if (!line.dispatch({ type: "they change" }))
    return line.leg.change === "ours" ? { status: 491 } : { status: 500, ...retrySoon };
  if (other.dispatch({ type: "we change" })) return undefined;
  line.dispatch({ type: "changed" });
  return { status: 491 };
}

interface Change {
  readonly line: Line;
  readonly other: Line;
  readonly transaction: ServerTransaction;
}

/** @param offer undefined when the other party is to make it: then the ACK has the answer */
function pass(call: RunningCall, change: Change, offer: Sdp | undefined): void {
  const { line, other, transaction } = change;
  if (!offer) {
    ask(call, change, undefined);
    return;
  }
  call.path.carry({ step: "offer", from: line, to: other, body: offer.body }, (body) => {
    if (body && talks(other.leg)) {
      ask(call, change, { body, hold: offer.hold });
      return;
    }
    for (const party of [line, other]) party.dispatch({ type: "changed" });
    transaction.answer(body ? 481 : 503, body ? {} : retrySoon);
  });
}

function ask(call: RunningCall, change: Change, offer: Sdp | undefined): void {
  const { line, other, transaction } = change;
  other.session.askInvite(offer?.body, (outcome, acknowledge) => {
    other.dispatch({ type: "changed" });
    if (offer && outcome.status < 300) acknowledge();
    const said = answerOf(outcome);
    const step = offer ? "answer" : "offer";
    if (said) call.path.carry({ step, from: other, to: line, body: said.body }, settle);
    else settle(undefined);

    function settle(body: Uint8Array | undefined): void {
      if (body && talks(line.leg)) {
        agree(line, transaction, {
          body,
          hold: offer?.hold,
          acknowledged: (ack) => !offer && answerLate(call, change, { ack, acknowledge }),
        });
        return;
      }
      if (!offer && outcome.status < 300) acknowledge();
      line.dispatch({ type: "changed" });
      transaction.answer(refusalOfOther(outcome.status));
      // Its media are not what it thinks, or it is gone. Who asked may be released meanwhile: that spoils nothing.
      const spoilt = outcome.status < 300 && talks(line.leg);
      if (spoilt || outcome.status === 408 || outcome.status === 481)
        call.hangUp(ourCause("temporary failure"));
    }
  });
}

/** What a 2xx says of the media, when it can be used. */
export function answerOf({ status, response }: Outcome): Sdp | undefined {
  const reading = response && status < 300 ? readSdp(response) : undefined;
  return reading?.kind === "sdp" ? reading.sdp : undefined;
}

interface Agreement {
  readonly body: Uint8Array;
  /** Undefined when the other party made the offer. */
  readonly hold: boolean | undefined;
  readonly acknowledged: (ack: ReceivedRequest) => unknown;
}

function agree(line: Line, transaction: ServerTransaction, agreed: Agreement): void {
  const { body, hold, acknowledged } = agreed;
  const timer = timerOfRequest(transaction.request);
  line.timer = timer;
  line.session.succeed(transaction, {
    headers: agreement(transaction.request, timer),
    body,
    acknowledged(ack) {
      acknowledged(ack);
      line.dispatch({ type: "changed", ...(hold === undefined ? {} : { held: hold }) });
    },
    giveUp: () => line.dispatch({ type: "never acknowledged" }),
  });
  line.dispatch({ type: "refreshed" });
}

function answerLate(
  call: RunningCall,
  { line, other }: Change,
  { ack, acknowledge }: { ack: ReceivedRequest; acknowledge: (body?: Uint8Array) => void },
): void {
  const reading = readSdp(ack);
  const settle = (body: Uint8Array | undefined): void => {
    acknowledge(body);
    if (!body) call.hangUp(ourCause("incompatible"));
  };
  if (reading.kind === "sdp")
    call.path.carry({ step: "answer", from: line, to: other, body: reading.sdp.body }, settle);
  else settle(undefined);
}
