import type { Clock } from "@tongdai/shared";
import type { SmppConfig } from "./config.ts";
import { Full, type Line, openLine } from "./smpp-line.ts";
import type { Answer } from "./smpp-session.ts";

export interface Transmitter {
  /** Rejects with `Full`, `Unreachable`, `Lost` or `Refused`. */
  submit(fields: Readonly<Record<string, unknown>>): Promise<Answer>;
  /** Whether we are let in and answered. Rejects as `submit`. */
  probe(): Promise<void>;
}

/** Unused for so long it lets its place at the SMSC go, where places are counted. */
const IDLE_MS = 5 * 60_000;
/** What finds no place in the window goes back to the queue before whoever sends it stops waiting. */
const PLACE_MS = 8_000;

/** A line for sending that is opened when it is needed, with no more unanswered requests than the SMSC allows. */
export function transmitter(config: SmppConfig, clock: Clock): Transmitter {
  let opening: Promise<Line> | null = null;
  let rest = (): void => undefined;
  let busy = 0;
  const queue: (() => void)[] = [];

  const line = (): Promise<Line> => {
    opening ??= openLine(config, "bind_transmitter", { clock }).then(
      (opened) => {
        void opened.ended.then(() => {
          opening = null;
        });
        return opened;
      },
      (error: unknown) => {
        opening = null;
        throw error;
      },
    );
    rest();
    rest = clock.after(IDLE_MS, () => void opening?.then((opened) => opened.close()));
    return opening;
  };

  const place = (): Promise<void> =>
    new Promise((resolve, reject) => {
      if (busy < config.window) {
        busy++;
        return resolve();
      }
      const resume = (): void => {
        undo();
        resolve();
      };
      const undo = clock.after(PLACE_MS, () => {
        queue.splice(queue.indexOf(resume), 1);
        reject(new Full("no place within the window in time"));
      });
      queue.push(resume);
    });
  const leave = (): void => {
    const next = queue.shift();
    if (next) next();
    else busy--;
  };

  return {
    async submit(fields) {
      await place();
      try {
        return await (await line()).ask("submit_sm", fields);
      } finally {
        leave();
      }
    },
    async probe() {
      await (await line()).ask("enquire_link", {});
    },
  };
}
