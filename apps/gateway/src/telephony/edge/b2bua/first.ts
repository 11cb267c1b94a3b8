import { type Cause, type Leg, ourCause } from "../leg/index.ts";
import type { ReceivedRequest } from "../message/index.ts";
import { readSdp, type Sdp } from "../sdp/index.ts";
import type { IncomingLine } from "./incoming.ts";
import type { OutgoingLine } from "./outgoing.ts";
import type { MediaPath } from "./path.ts";

export interface FirstParts {
  /** The caller's leg. */
  readonly a: IncomingLine;
  /** His offer; undefined when he wants ours. */
  readonly sdp: Sdp | undefined;
  readonly path: MediaPath;
  /** Whether this leg is still whom the caller is put through to. */
  readonly wanted: (line: OutgoingLine) => boolean;
  readonly joined: () => void;
  readonly failed: (cause: Cause) => void;
}

/** A caller whose INVITE has no answer yet, and whoever is asked to give one. */
export function createFirst({ a, sdp, path, wanted, joined, failed }: FirstParts) {
  function answerLate(line: OutgoingLine, ack: ReceivedRequest): void {
    const reading = readSdp(ack);
    if (reading.kind !== "sdp") {
      failed(ourCause("incompatible"));
      return;
    }
    path.carry({ step: "answer", from: a, to: line, body: reading.sdp.body }, (body) => {
      if (body) line.answer(body);
      else failed(ourCause("no media"));
    });
  }

  /** Their answer goes to the caller, or their offer when the caller made none: his ACK answers it. */
  function join(line: OutgoingLine): void {
    const step = sdp === undefined ? "offer" : "answer";
    if (!line.sdp) {
      line.hangUp(ourCause("incompatible"));
      return;
    }
    path.carry({ step, from: line, to: a, body: line.sdp.body }, (body) => {
      if (!wanted(line)) return;
      if (!body) {
        failed(ourCause("no media"));
        return;
      }
      joined();
      a.accept(body, (ack) => {
        if (step === "offer") answerLate(line, ack);
      });
    });
  }

  return {
    /** Calls with the caller's offer. */
    invite(line: OutgoingLine): void {
      if (!sdp) {
        line.invite(undefined);
        return;
      }
      path.carry({ step: "offer", from: a, to: line, body: sdp.body }, (body) => {
        if (!wanted(line)) return;
        if (body) line.invite(body);
        else failed(ourCause("no media"));
      });
    },
    /** A step of whom it rings at. */
    moved(line: OutgoingLine, phase: Leg["phase"]): void {
      if (phase === "early") a.ring(line.progress, []);
      else if (phase === "up") join(line);
    },
  };
}
