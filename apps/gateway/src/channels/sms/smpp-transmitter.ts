import type { Clock } from "@tongdai/shared";
import type { Pdu } from "smpp";
import type { SmppConfig } from "./config.ts";
import { type Line, openLine } from "./smpp-line.ts";

export interface Transmitter {
  /** Rejects with `Unreachable`, `Lost` or `Refused`. */
  submit(fields: Readonly<Record<string, unknown>>): Promise<Pdu>;
  /** Whether we are let in and answered. Rejects as `submit`. */
  probe(): Promise<void>;
}

/** Unused for so long it lets its place at the SMSC go, where places are counted. */
const IDLE_MS = 5 * 60_000;

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

  const place = async (): Promise<void> => {
    if (busy >= config.window) await new Promise<void>((resume) => queue.push(resume));
    else busy++;
  };
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
