import { confirm, dialogKey, dialogOfResponse } from "../dialog/index.ts";
import { causeOfStatus, type LegEffect, ourCause, reasonsOf, timerOfResponse } from "../leg/index.ts";
import { type ReceivedResponse, tagOf } from "../message/index.ts";
import { readSdp } from "../sdp/index.ts";
import type { ClientTransaction } from "../transaction/index.ts";
import { inviteOf, type Outgoing, withOffer } from "./compose.ts";
import { createLine, type Line, type LineParts, type Party, takesUpdate } from "./line.ts";
import { createSession } from "./session.ts";

/** The leg of whom we called. */
export interface OutgoingLine extends Line {
  /** Sends the INVITE. @param offer undefined: they make it */
  invite(offer: Uint8Array | undefined): void;
  /** Answers the offer that came with their 2xx, when our INVITE had none. */
  answer(body: Uint8Array): void;
}

/** Makes the leg; its owner calls by it when he has it in hand. */
export function outgoingLine(parts: LineParts, { party, isAgent }: Party, out: Outgoing): OutgoingLine {
  const session = createSession(parts, out.flow);
  let invite = inviteOf(out, parts.randomId);
  let client: ClientTransaction | undefined;
  let ackDue = false;

  function perform(effect: LegEffect): void {
    if (effect.do === "send INVITE") client = parts.send(invite, out.flow, { answered, failed });
    else if (effect.do === "send CANCEL") client?.cancel(reasonsOf(effect.cause)[0]?.value);
    else if (effect.do === "send ACK") {
      if (invite.body.length > 0) session.ack(1);
      else ackDue = true;
    }
  }

  function answered(response: ReceivedResponse): void {
    if (response.status >= 300) refused(response.status);
    else if (!dialogOfResponse(invite, response)) return;
    else if (response.status < 200) ringing(response);
    else if (session.dialog?.state === "confirmed") again(session.dialog.remoteTag, response);
    else taken(response);
  }

  /** A copy, or a second phone behind a proxy answered too: one is enough (RFC 3261 13.2.2.4). */
  function again(tag: string, response: ReceivedResponse): void {
    if (tag === tagOf(response.to)) session.repeatAck(response);
    else sendAway(parts, out, { invite, response });
  }

  function taken(response: ReceivedResponse): void {
    establish(response);
    const reading = readSdp(response);
    line.sdp = reading.kind === "sdp" ? reading.sdp : undefined;
    line.timer = timerOfResponse(response);
    line.updates = takesUpdate(response);
    line.dispatch({ type: "answered" });
  }

  /** The last 18x, and then the 2xx, says with whom we speak. */
  function establish(response: ReceivedResponse): void {
    const made = dialogOfResponse(invite, response);
    if (!made) return;
    if (session.dialog) parts.lines.delete(dialogKey(session.dialog));
    session.establish(response.status < 200 ? made : confirm(made, response));
    parts.lines.set(dialogKey(made), line);
  }

  function ringing(response: ReceivedResponse): void {
    if (line.leg.phase === "down") return;
    establish(response);
    line.progress = response.status;
    line.dispatch({ type: "ringing" });
  }

  const refused = (status: number): void =>
    void line.dispatch({ type: "refused", cause: causeOfStatus(status) });
  const failed = (why: "time-out" | "road lost"): void => {
    if (why === "time-out") refused(408);
    else line.dispatch({ type: "refused", cause: ourCause("out of order") });
  };

  function acknowledge(body?: Uint8Array): void {
    if (!ackDue) return;
    ackDue = false;
    session.ack(1, body);
  }

  const base = createLine(parts, "out", session, {
    party,
    isAgent,
    // A 2xx is acknowledged first, even without the answer that it waits for.
    work: { perform, beforeBye: () => acknowledge(), released: () => {} },
  });
  const line = Object.assign(base, {
    invite(offer: Uint8Array | undefined): void {
      if (offer) invite = withOffer(invite, offer);
      line.dispatch({ type: "dial" });
    },
    answer: (body: Uint8Array): void => acknowledge(body),
  });
  return line;
}

function sendAway(
  parts: LineParts,
  out: Outgoing,
  { invite, response }: { invite: ReturnType<typeof inviteOf>; response: ReceivedResponse },
): void {
  const made = dialogOfResponse(invite, response);
  if (!made) return;
  const session = createSession(parts, out.flow);
  session.establish(confirm(made, response));
  session.ack(1);
  session.ask("BYE", reasonsOf(ourCause("elsewhere")), () => {});
}
