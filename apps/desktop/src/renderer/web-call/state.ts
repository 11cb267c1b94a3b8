import type { TalkEnd } from "../state/talk.ts";

/**
 * A call as the page shows it.
 *
 *  idle ──▶ asking ──▶ connecting ──▶ waiting ◀──▶ ringing
 *   ▲         │            │             └─────┬──────┘
 *   └─────────┴────────────┴──────◀────── talking
 */
export type CallState =
  | { readonly phase: "idle"; readonly end: CallEnd | null }
  /** For the microphone. */
  | { readonly phase: "asking" }
  | { readonly phase: "connecting" }
  /** In the line; `null`: nobody has said where. */
  | { readonly phase: "waiting"; readonly place: number | null }
  | { readonly phase: "ringing" }
  | {
      readonly phase: "talking";
      /** Epoch milliseconds of this machine. */
      readonly since: number;
      readonly onHold: boolean;
      readonly muted: boolean;
      /** No sound flows. */
      readonly isBroken: boolean;
    };

/** Why a call is over, or never began. */
export type CallEnd =
  | TalkEnd
  | "microphone_denied"
  | "microphone_missing"
  /** A page by plain HTTP gets no microphone. */
  | "not_secure"
  /** The page's origin is not on the number's list, or there is no such number. */
  | "not_allowed"
  | "too_often";
