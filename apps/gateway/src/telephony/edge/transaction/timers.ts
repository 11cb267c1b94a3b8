/** Milliseconds; RFC 3261 17.1.1.1 and Table 4. */
export const T1 = 500;
export const T2 = 4_000;
export const T4 = 5_000;
/** Timers B, F, H, J, L and M. */
export const patience = 64 * T1;
/** An INVITE that has no answer by then gets 100 Trying (RFC 3261 17.2.1). */
export const tryingAfter = 200;

export type TimerName = "A" | "B" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" | "L" | "M" | "trying";

/** What a step of a machine wants done, in this order. */
export type Effect =
  | { readonly do: "send" }
  | { readonly do: "send trying" }
  | { readonly do: "acknowledge" }
  | { readonly do: "tell" }
  | { readonly do: "tell time-out" }
  | { readonly do: "tell road lost" }
  | { readonly do: "start"; readonly timer: TimerName; readonly ms: number }
  | { readonly do: "stop"; readonly timer: TimerName };

/** The state after an event and what is to be done; undefined when the event means nothing in this state. */
export interface Step<State extends string> {
  readonly state: State;
  readonly effects: readonly Effect[];
}

export interface Circumstances {
  readonly reliable: boolean;
  /** How often the running retransmission timer has fired: its next wait doubles with each. */
  readonly fired: number;
}

export const start = (timer: TimerName, ms: number): Effect => ({ do: "start", timer, ms });
export const stop = (timer: TimerName): Effect => ({ do: "stop", timer });
export const send: Effect = { do: "send" };
export const tell: Effect = { do: "tell" };
/** A wait that is there to absorb copies is nothing where there are none. */
export const linger = (ms: number, { reliable }: Circumstances): number => (reliable ? 0 : ms);
/** The n-th wait of a retransmission that backs off to T2. */
export const backOff = (fired: number): number => Math.min(T1 * 2 ** fired, T2);

/** Starts a retransmission on roads that lose. */
export const resend = (timer: TimerName, { reliable }: Circumstances): Effect[] =>
  reliable ? [] : [start(timer, T1)];
