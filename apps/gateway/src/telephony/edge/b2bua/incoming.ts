import { confirm, dialogKey, dialogOfRequest } from "../dialog/index.ts";
import { agreement, type LegEffect, ourCause, reasonsOf, timerOfRequest } from "../leg/index.ts";
import type { Header, ReceivedRequest } from "../message/index.ts";
import type { Sdp } from "../sdp/index.ts";
import type { ServerTransaction } from "../transaction/index.ts";
import { contactOf, ourAbilities } from "./compose.ts";
import { createLine, type Line, type LineParts, type Party, takesUpdate } from "./line.ts";
import { createReliable, wantsReliable } from "./reliable.ts";
import { createSession } from "./session.ts";

/** The leg of who called us. */
export interface IncomingLine extends Line {
  ring(status: number, headers: readonly Header[]): void;
  /** @param acknowledged gets the ACK: it answers when their INVITE had no offer */
  accept(body: Uint8Array, acknowledged: (ack: ReceivedRequest) => void): void;
  /** @returns false when it means nothing that we sent */
  prack(request: ReceivedRequest): boolean;
}

/** @param sdp their offer; undefined when they want ours. @throws SipError 400 when the INVITE's timer cannot be read */
export function incomingLine(
  parts: LineParts,
  invite: ServerTransaction,
  { party, isAgent, sdp }: Party & { sdp: Sdp | undefined },
): IncomingLine {
  const { request } = invite;
  const session = createSession(parts, invite.flow);
  session.establish(confirm(dialogOfRequest(request, invite.toTag)));
  const timer = timerOfRequest(request);
  const reliable = wantsReliable(request)
    ? createReliable(parts.clock, invite, () => line.hangUp(ourCause("timer expired")))
    : undefined;
  let progress: readonly Header[] = [];
  let success: { body: Uint8Array; acknowledged: (ack: ReceivedRequest) => void } | undefined;

  function perform(effect: LegEffect): void {
    if (effect.do === "send progress") ringing(effect.status);
    else if (effect.do === "send success") succeed();
    else if (effect.do === "send refusal") invite.answer(effect.status, { headers: reasonsOf(effect.cause) });
  }

  function ringing(status: number): void {
    const headers = [contactOf(session.flow), ...progress];
    if (reliable) reliable.send(status, headers);
    else invite.answer(status, { headers });
  }

  function succeed(): void {
    reliable?.stop();
    session.succeed(invite, {
      headers: [...ourAbilities, ...agreement(request, timer)],
      body: success?.body,
      acknowledged(ack) {
        success?.acknowledged(ack);
        line.dispatch({ type: "acknowledged" });
      },
      giveUp: () => line.dispatch({ type: "never acknowledged" }),
    });
  }

  const base = createLine(parts, "in", session, {
    party,
    isAgent,
    work: { perform, beforeBye: () => {}, released: () => reliable?.stop() },
  });
  const line = Object.assign(base, {
    ring(status: number, headers: readonly Header[]): void {
      progress = headers;
      line.dispatch({ type: "ring", status });
    },
    accept(body: Uint8Array, acknowledged: (ack: ReceivedRequest) => void): void {
      success = { body, acknowledged };
      line.dispatch({ type: "accept" });
    },
    prack: (prack: ReceivedRequest): boolean => reliable?.acknowledged(prack) ?? false,
  });
  line.sdp = sdp;
  line.timer = timer;
  line.updates = takesUpdate(request);
  if (session.dialog) parts.lines.set(dialogKey(session.dialog), line);
  return line;
}
