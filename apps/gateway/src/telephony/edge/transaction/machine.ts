import type { Clock } from "@tongdai/shared";
import type { Circumstances, Effect, Step, TimerName } from "./timers.ts";

/** What a machine asks of its owner; timers it keeps itself. */
export type Action = Exclude<Effect, { do: "start" | "stop" }>;

export interface MachineParts<State extends string, Event extends string> {
  readonly clock: Clock;
  readonly reliable: boolean;
  readonly initial: State;
  readonly step: (state: State, event: Event | TimerName, now: Circumstances) => Step<State> | undefined;
  readonly perform: (effect: Action) => void;
  /** Called once, when the machine has terminated and its timers are gone. */
  readonly ended: () => void;
}

export interface Machine<State extends string, Event extends string> {
  readonly state: State;
  dispatch(event: Event | TimerName): void;
  /** Sets one of the machine's timers from outside. */
  start(timer: TimerName, ms: number): void;
}

/** Runs one of the four machines: keeps its state and its timers and has its effects performed. */
export function runMachine<State extends string, Event extends string>(
  parts: MachineParts<State, Event>,
): Machine<State, Event> {
  const timers = new Map<string, { undo: () => void; fired: number }>();
  let state = parts.initial;

  function dispatch(event: Event | TimerName): void {
    const timer = timers.get(event);
    if (timer) timer.fired++;
    const step = parts.step(state, event, { reliable: parts.reliable, fired: timer?.fired ?? 0 });
    if (!step) return;
    const before = state;
    state = step.state;
    const due: TimerName[] = [];
    for (const effect of step.effects)
      if (effect.do === "stop") stop(effect.timer);
      else if (effect.do !== "start") parts.perform(effect);
      else if (effect.ms === 0) due.push(effect.timer);
      else start(effect.timer, effect.ms);
    if (state === "terminated" && before !== "terminated") {
      for (const { undo } of timers.values()) undo();
      timers.clear();
      parts.ended();
    }
    for (const name of due) dispatch(name);
  }

  function start(timer: TimerName, ms: number): void {
    const known = timers.get(timer);
    known?.undo();
    timers.set(timer, { undo: parts.clock.after(ms, () => dispatch(timer)), fired: known?.fired ?? 0 });
  }

  function stop(timer: TimerName): void {
    timers.get(timer)?.undo();
    timers.delete(timer);
  }

  return {
    get state() {
      return state;
    },
    dispatch,
    start,
  };
}
