import type { Clock } from "@tongdai/shared";
import { type Cause, ourCause, refusalOf, talks } from "../leg/index.ts";
import { type Header, reasonOf } from "../message/index.ts";
import type { Sdp } from "../sdp/index.ts";
import { answerOf } from "./change.ts";
import { contactOf } from "./compose.ts";
import type { Line } from "./line.ts";
import type { OutgoingLine } from "./outgoing.ts";
import type { MediaPath } from "./path.ts";

export interface TransferParts {
  readonly clock: Clock;
  /** Who goes on. */
  readonly stay: Line;
  /** Who asked for it, and leaves when it is made; undefined: the one who stays waited alone. */
  readonly leave: Line | undefined;
  /** Whose leg is made for it: a new one always. Two phones that talk already cannot be pointed at each other. */
  readonly fresh: OutgoingLine;
  readonly carry: MediaPath["carry"];
  readonly made: () => void;
  /** `broken`: the one who stays has given up the old media already. */
  readonly failed: (cause: Cause, broken: boolean) => void;
}

/** Milliseconds until a change is asked for again that crossed with one of theirs (RFC 3261 14.1). */
const crossedMs = 2_100;

/**
 * A transfer under way (RFC 3515, RFC 5589). The new party makes the offer, who stays answers it on the connection that
 * he has, and who asked hears by NOTIFY how it goes. Until it is made the old talk goes on.
 */
export function createTransfer({ clock, stay, leave, fresh, carry, made, failed }: TransferParts) {
  let done = false;
  let broken = false;

  function moved(phase: Line["leg"]["phase"]): void {
    if (done) return;
    if (phase === "early") notify(fresh.progress, false);
    else if (phase === "up") join();
    else if (phase === "down") fail(fresh.leg.cause ?? ourCause("normal"));
  }

  function join(): void {
    const offer = fresh.sdp;
    if (!offer) fresh.hangUp(ourCause("incompatible"));
    else if (stay.dispatch({ type: "we change" })) offerTo(offer);
    else joinAgain();
  }

  function joinAgain(): void {
    clock.after(crossedMs, () => {
      if (!done && talks(fresh.leg) && talks(stay.leg)) join();
    });
  }

  function offerTo(offer: Sdp): void {
    carry({ step: "offer", from: fresh, to: stay, body: offer.body }, (body) => {
      if (body && talks(fresh.leg) && talks(stay.leg)) {
        ask(body);
        return;
      }
      stay.dispatch({ type: "changed" });
      if (!body) fresh.hangUp(ourCause("no media"));
    });
  }

  function ask(offer: Uint8Array): void {
    stay.session.askInvite(offer, (outcome, acknowledge) => {
      stay.dispatch({ type: "changed" });
      if (outcome.status < 300) acknowledge();
      broken = outcome.status < 300;
      const answer = answerOf(outcome);
      if (!talks(fresh.leg)) fail(ourCause("incompatible"));
      else if (answer) agree(answer.body);
      else if (outcome.status === 491) joinAgain();
      else fresh.hangUp(ourCause("incompatible"));
    });
  }

  function agree(answer: Uint8Array): void {
    carry({ step: "answer", from: stay, to: fresh, body: answer }, (body) => {
      if (!talks(fresh.leg)) fail(ourCause("incompatible"));
      else if (body) succeed(body);
      else fresh.hangUp(ourCause("no media"));
    });
  }

  function succeed(answer: Uint8Array): void {
    done = true;
    fresh.answer(answer);
    notify(200, true);
    made();
  }

  function fail(cause: Cause): void {
    if (done) return;
    done = true;
    notify(refusalOf(cause), true);
    failed(cause, broken);
  }

  function notify(status: number, last: boolean): void {
    if (!leave || !talks(leave.leg)) return;
    const headers: Header[] = [
      contactOf(leave.session.flow),
      { name: "event", value: "refer" },
      { name: "subscription-state", value: last ? "terminated;reason=noresource" : "active;expires=60" },
      { name: "content-type", value: "message/sipfrag;version=2.0" },
    ];
    const body = Buffer.from(`SIP/2.0 ${status} ${reasonOf(status)}\r\n`);
    leave.session.ask("NOTIFY", headers, () => {}, body);
  }

  notify(100, false);
  return { leave, fresh, moved };
}

export type Transfer = ReturnType<typeof createTransfer>;
