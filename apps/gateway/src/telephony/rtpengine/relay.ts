import type { Clock } from "@tongdai/shared";
import { openNg } from "./ng.ts";
import { flagsFor, type Speech, withoutSources } from "./profile.ts";

export interface RelayParts {
  readonly clock: Clock;
  readonly host: string;
  readonly port: number;
  readonly randomId: () => string;
  /** It answers again, or no more. */
  readonly changed: (up: boolean) => void;
}

/** A description on its way from one party to the other. */
export interface Carried {
  /** Names the two parties' talk; the same for all that they agree on. */
  readonly talk: string;
  readonly step: "offer" | "answer";
  /** The parties' legs. An answer goes from the one who was asked. */
  readonly from: string;
  readonly to: string;
  /** What the reader's media speak. */
  readonly reader: Speech;
  readonly sdp: string;
}

/** Milliseconds between two looks at whether it lives. */
const look = 2_000;

/** An rtpengine beside us, which stands between two parties' media. Begins to look at it at once. */
export function startRelay({ clock, host, port, randomId, changed }: RelayParts) {
  const ng = openNg({ clock, host, port, randomId });
  let up = false;
  let closed = false;
  let undo = (): void => {};

  function note(now: boolean): void {
    if (up === now || closed) return;
    up = now;
    changed(now);
  }

  async function ping(): Promise<void> {
    note(
      await ng.ask("ping", {}).then(
        () => true,
        () => false,
      ),
    );
    if (!closed) undo = clock.after(look, () => void ping());
  }

  return {
    /** Whether it answered when it was asked last. */
    get up() {
      return up;
    },
    /** Resolves when it has been looked at for the first time. */
    started: ping(),
    /** @returns what the reader gets in its place. @throws RtpengineError */
    async carry({ talk, step, from, to, reader, sdp }: Carried): Promise<string> {
      const [first, second] = step === "offer" ? [from, to] : [to, from];
      const answer = await ng.ask(step, {
        "call-id": talk,
        "from-tag": first,
        "to-tag": second,
        sdp,
        ...flagsFor(step, reader),
      });
      if (answer.sdp === undefined) throw new Error("rtpengine left the description out");
      return withoutSources(answer.sdp);
    },
    /** The talk is over. One that it does not know, or does not hear of, it forgets by itself when nothing comes any more. */
    release: (talk: string): void =>
      void ng.ask("delete", { "call-id": talk, "delete-delay": 0 }).catch(() => {}),
    close(): void {
      closed = true;
      undo();
      ng.close();
    },
  };
}

export type Relay = ReturnType<typeof startRelay>;
