import { agreement, causeOfReason, causeOfStatus, talks, timerOfRequest, tooShort } from "../leg/index.ts";
import { type Header, header } from "../message/index.ts";
import type { ServerTransaction } from "../transaction/index.ts";
import type { RunningCall } from "./call.ts";
import { change, refusalOfOther, retrySoon } from "./change.ts";
import { contactOf } from "./compose.ts";
import type { Line } from "./line.ts";
import { type ReferParts, refer } from "./refer.ts";

/** Octets of what INFO carries on: a digit, or a few lines. */
const largestInfo = 1_024;

/** Does what a party asks within its dialog: answers it here, or asks the other party and passes the answer back. */
export function relay(
  parts: ReferParts,
  call: RunningCall,
  line: Line,
  transaction: ServerTransaction,
): void {
  const { request } = transaction;
  const { method } = request;
  if (!line.session.take(request, transaction.flow)) transaction.answer(500, retrySoon);
  else if (method === "BYE") bye(line, transaction);
  else if (method === "INVITE") change(call, line, transaction);
  else if (method === "INFO") info(call.otherOf(line), transaction);
  else if (method === "UPDATE") update(line, transaction);
  else if (method === "PRACK") transaction.answer(line === call.a && call.a.prack(request) ? 200 : 481);
  else if (method === "OPTIONS") transaction.answer(200, { headers: [accept] });
  else if (method === "REFER") refer(parts, call, line, transaction);
  else transaction.answer(481);
}

const accept: Header = { name: "accept", value: "application/sdp" };

function bye(line: Line, transaction: ServerTransaction): void {
  transaction.answer(200);
  const cause = causeOfReason(transaction.request, causeOfStatus(200));
  // A caller may take his INVITE back by BYE too (RFC 3261 15).
  if (!line.dispatch({ type: "bye", cause })) line.dispatch({ type: "cancelled", cause });
}

function info(other: Line | undefined, transaction: ServerTransaction): void {
  const { body } = transaction.request;
  const type = header(transaction.request, "content-type");
  const headers: Header[] = type === undefined ? [] : [{ name: "content-type", value: type }];
  if (body.length > largestInfo) transaction.answer(413);
  else if (other && talks(other.leg))
    other.session.ask(
      "INFO",
      headers,
      ({ status }) => transaction.answer(status < 300 ? 200 : refusalOfOther(status)),
      body,
    );
  // Nobody is there to be told, such as by a digit in the line.
  else transaction.answer(200);
}

/** A refresh of the session (RFC 4028); media are changed by re-INVITE only. */
function update(line: Line, transaction: ServerTransaction): void {
  const { request } = transaction;
  const short = tooShort(request);
  if (request.body.length > 0) transaction.answer(488);
  else if (short) transaction.answer(422, { headers: [short] });
  else {
    line.timer = timerOfRequest(request);
    line.dispatch({ type: "refreshed" });
    const headers = [contactOf(line.session.flow), ...agreement(request, line.timer)];
    transaction.answer(200, { headers });
  }
}
