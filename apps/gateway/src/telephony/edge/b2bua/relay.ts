import {
  agreement,
  causeOfReason,
  causeOfStatus,
  ourCause,
  talks,
  timerOfRequest,
  tooShort,
} from "../leg/index.ts";
import { type Header, header, type ReceivedRequest } from "../message/index.ts";
import { readSdp } from "../sdp/index.ts";
import type { ServerTransaction } from "../transaction/index.ts";
import type { RunningCall } from "./call.ts";
import { contactOf } from "./compose.ts";
import type { Line } from "./line.ts";
import type { Outcome } from "./session.ts";

/** Octets of what INFO carries on: a digit, or a few lines. */
const largestInfo = 1_024;

/** Does what a party asks within its dialog: answers it here, or asks the other party and passes the answer back. */
export function relay(call: RunningCall, line: Line, transaction: ServerTransaction): void {
  const { request } = transaction;
  if (!line.session.take(request, transaction.flow)) return void transaction.answer(500, retrySoon);
  switch (request.method) {
    case "BYE":
      return void bye(line, transaction);
    case "INVITE":
      return void change(call, line, transaction);
    case "INFO":
      return void info(call.otherOf(line), transaction);
    case "UPDATE":
      return void update(line, transaction);
    case "PRACK": {
      const known = line === call.a && call.a.prack(request);
      return void transaction.answer(known ? 200 : 481);
    }
    case "OPTIONS":
      return void transaction.answer(200, { headers: [{ name: "accept", value: "application/sdp" }] });
    case "REFER":
      // Where a call goes the desk decides; nobody is sent to an address that a party names.
      return void transaction.answer(603);
    default:
      return void transaction.answer(481);
  }
}

const retrySoon = { headers: [{ name: "retry-after", value: "2" }] };

function bye(line: Line, transaction: ServerTransaction): void {
  transaction.answer(200);
  const cause = causeOfReason(transaction.request, causeOfStatus(200));
  // A caller may take his INVITE back by BYE too (RFC 3261 15).
  if (!line.dispatch({ type: "bye", cause })) line.dispatch({ type: "cancelled", cause });
}

/** re-INVITE: hold, resume, another network. */
function change(call: RunningCall, line: Line, transaction: ServerTransaction): void {
  const other = call.otherOf(line);
  const short = tooShort(transaction.request);
  if (short) return void transaction.answer(422, { headers: [short] });
  const reading = readSdp(transaction.request);
  if (reading.kind === "refused") return void transaction.answer(reading.refusal.status, reading.refusal);
  if (!other || !talks(other.leg) || other.leg.owed !== "nothing" || line.leg.owed !== "nothing")
    return void transaction.answer(491);
  if (!line.dispatch({ type: "they change" }))
    // Ours crosses with theirs, or theirs came twice (RFC 3261 14.2).
    return void (line.leg.change === "ours" ? transaction.answer(491) : transaction.answer(500, retrySoon));
  if (!other.dispatch({ type: "we change" })) {
    line.dispatch({ type: "changed" });
    return void transaction.answer(491);
  }
  const offer = reading.kind === "sdp" ? reading.sdp : undefined;
  other.session.askInvite(offer?.body, (outcome, acknowledge) => {
    other.dispatch({ type: "changed" });
    const answer = outcome.response && outcome.status < 300 ? readSdp(outcome.response) : undefined;
    if (answer?.kind === "sdp")
      return agree(line, transaction, {
        body: answer.sdp.body,
        hold: offer?.hold,
        acknowledged(ack) {
          if (!offer) answerLate(call, ack, acknowledge);
        },
        now: () => {
          if (offer) acknowledge();
        },
      });
    if (answer) acknowledge();
    line.dispatch({ type: "changed" });
    transaction.answer(refusal(outcome));
    if (answer || outcome.status === 481 || outcome.status === 408)
      call.hangUp(ourCause("temporary failure"));
  });
}

interface Agreement {
  readonly body: Uint8Array;
  /** Undefined when the other party makes the offer: who holds whom is known later. */
  readonly hold: boolean | undefined;
  readonly acknowledged: (ack: ReceivedRequest) => void;
  readonly now: () => void;
}

function agree(
  line: Line,
  transaction: ServerTransaction,
  { body, hold, acknowledged, now }: Agreement,
): void {
  now();
  if (!talks(line.leg)) return void transaction.answer(481);
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

function answerLate(call: RunningCall, ack: ReceivedRequest, acknowledge: (body?: Uint8Array) => void): void {
  const reading = readSdp(ack);
  if (reading.kind === "sdp") return void acknowledge(reading.sdp.body);
  acknowledge();
  call.hangUp(ourCause("incompatible"));
}

/** What the other party said; a dialog that it lost is not this one's. */
const refusal = ({ status }: Outcome): number =>
  status < 300 ? 488 : status === 481 || status === 401 || status === 407 ? 500 : status;

function info(other: Line | undefined, transaction: ServerTransaction): void {
  const { body } = transaction.request;
  if (body.length > largestInfo) return void transaction.answer(413);
  // Nobody is there to be told, such as by a digit in the line.
  if (!other || !talks(other.leg)) return void transaction.answer(200);
  const type = header(transaction.request, "content-type");
  const headers: Header[] = type === undefined ? [] : [{ name: "content-type", value: type }];
  other.session.ask("INFO", headers, ({ status }) => transaction.answer(refusal200(status)), body);
}

const refusal200 = (status: number): number => (status < 300 ? 200 : refusal({ status }));

/** A refresh of the session (RFC 4028); media are changed by re-INVITE only. */
function update(line: Line, transaction: ServerTransaction): void {
  const { request } = transaction;
  if (request.body.length > 0) return void transaction.answer(488);
  const short = tooShort(request);
  if (short) return void transaction.answer(422, { headers: [short] });
  line.timer = timerOfRequest(request);
  line.dispatch({ type: "refreshed" });
  transaction.answer(200, { headers: [contactOf(line.session.flow), ...agreement(request, line.timer)] });
}
