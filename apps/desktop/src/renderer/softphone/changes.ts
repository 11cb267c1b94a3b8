import type { Clock } from "@tongdai/shared";
import { PhoneError } from "./softphone.ts";

export interface ChangesParts<Options> {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Asks the other side for a change. @returns the status of its answer */
  readonly ask: (options: Options) => Promise<number>;
  /** Rejects when the talk is over. */
  readonly over: Promise<never>;
}

/** RFC 3261 14.1: two changes that crossed are tried again, some time later. */
const glareMs = 2_000;

/** The changes of one talk, one at a time; once more when it crossed with theirs. */
export function createChanges<Options>({ clock, random, ask, over }: ChangesParts<Options>) {
  let isRunning = false;
  return {
    isRunning: () => isRunning,
    /** @throws PhoneError when it is not made */
    async make(options: Options): Promise<void> {
      if (isRunning) throw new PhoneError("wrong_phase");
      isRunning = true;
      try {
        let status = await Promise.race([ask(options), over]);
        if (status === 491) {
          const pause = new Promise<void>((go) => clock.after(glareMs * (1 + random()), go));
          await Promise.race([pause, over]);
          status = await Promise.race([ask(options), over]);
        }
        if (status >= 300) throw new PhoneError("refused");
      } catch (error) {
        throw error instanceof PhoneError ? error : new PhoneError("refused");
      } finally {
        isRunning = false;
      }
    },
  };
}

/** What becomes of a transfer, told by bodies of message/sipfrag (RFC 3515 2.4.5). */
export function createDecision() {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const refuse = () => reject(new PhoneError("refused"));
  return {
    promise,
    refuse,
    told(body: string): void {
      const status = Number(/^SIP\/2\.0 (\d{3})/.exec(body)?.[1]);
      if (status >= 300) refuse();
      else if (status >= 200) resolve();
    },
  };
}
