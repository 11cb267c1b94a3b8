import type { Clock } from "@tongdai/shared";
import type { PhoneStatus } from "../state/talk.ts";
import type { PhoneAccount, Readiness } from "./softphone.ts";

/** A way to the gateway, over which one account registers. */
export interface Road {
  /** Rejects when nobody is there. Again after it was lost. */
  open(): Promise<unknown>;
  isOpen(): boolean;
  /** @returns the status of the answer. Rejects while another registration is on its way. */
  register(): Promise<number>;
  /** Asks the gateway for a sign of life; resolves when it came. */
  ping(): Promise<void>;
  takeCredentials(account: PhoneAccount): void;
  close(): Promise<void>;
}

export interface RoadNews {
  /** It broke, or a refresh of the registration was refused. */
  readonly lost: () => void;
}

export interface ConnectionParts<R extends Road> {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly report: (error: unknown) => void;
  readonly openRoad: (account: PhoneAccount, news: RoadNews) => R;
  readonly changed: (status: PhoneStatus) => void;
}

const firstWaitMs = 250;
const longestWaitMs = 8_000;
const pingPatienceMs = 5_000;

/**
 * Stays registered.
 *
 *  off ──▶ connecting ──▶ ready ──▶ lost ──▶ ready      lost: tried again by itself, later each time
 *              └──────────▶ refused ◀─┘                 refused: waits for other credentials
 */
export function createConnection<R extends Road>(parts: ConnectionParts<R>) {
  const { clock } = parts;
  let status: PhoneStatus = "off";
  let current: { readonly account: PhoneAccount; readonly road: R; attempt: Promise<void> | null } | null =
    null;
  let tries = 0;
  let undoRetry = (): void => {};
  let undoOnline = (): void => {};

  function become(next: PhoneStatus): void {
    if (status === next) return;
    status = next;
    parts.changed(next);
  }

  function tryAgain(): void {
    undoRetry();
    // Spread, so that a gateway that comes back does not meet everybody at once.
    const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** tries) * (0.7 + 0.6 * parts.random());
    tries += 1;
    undoRetry = clock.after(wait, () => void goOn());
    become("lost");
  }

  /** One attempt at a time: whoever asks meanwhile gets what becomes of it. */
  async function goOn(): Promise<void> {
    const mine = current;
    if (!mine) return;
    mine.attempt ??= attempt(mine).finally(() => {
      mine.attempt = null;
    });
    await mine.attempt;
  }

  async function attempt(mine: NonNullable<typeof current>): Promise<void> {
    const isMine = () => current === mine;
    undoRetry();
    try {
      if (!mine.road.isOpen()) await mine.road.open();
      if (!isMine()) return;
      const answer = await mine.road.register();
      if (isMine()) registered(answer);
    } catch {
      if (isMine()) tryAgain();
    }
  }

  function registered(answer: number): void {
    undoRetry();
    if (answer < 300) {
      tries = 0;
      become("ready");
    } else if ([401, 403, 407].includes(answer)) become("refused");
    else tryAgain();
  }

  /** Milliseconds to the gateway and back; `null`: no answer. */
  async function roundTrip(): Promise<number | null> {
    if (!current || status !== "ready") return null;
    const since = clock.elapsed();
    const patience = Promise.withResolvers<null>();
    const undo = clock.after(pingPatienceMs, () => patience.resolve(null));
    const answered = current.road.ping().then(() => clock.elapsed() - since);
    return Promise.race([answered, patience.promise]).finally(undo);
  }

  async function disconnect(): Promise<void> {
    const leaving = current;
    current = null;
    undoRetry();
    undoOnline();
    tries = 0;
    become("off");
    await leaving?.road.close().catch(parts.report);
  }

  return {
    status: () => status,
    current: () => current,
    disconnect,
    async connect(account: PhoneAccount): Promise<void> {
      // Two that connect at once share one road.
      while (current && !isSamePlace(current.account, account)) await disconnect();
      if (current) {
        current.road.takeCredentials(account);
        if (status !== "ready") await goOn();
        return;
      }
      const road: R = parts.openRoad(account, {
        lost: () => {
          if (current?.road === road) tryAgain();
        },
      });
      current = { account, road, attempt: null };
      become("connecting");
      const online = () => void goOn();
      window.addEventListener("online", online);
      undoOnline = () => window.removeEventListener("online", online);
      await goOn();
    },
    /** @param look at the microphone */
    async check(look: () => Promise<Readiness["microphone"]>): Promise<Readiness> {
      const [microphone, roundTripMs] = await Promise.all([look(), roundTrip()]);
      return { registered: status === "ready", microphone, roundTripMs };
    },
  };
}

const isSamePlace = (a: PhoneAccount, b: PhoneAccount): boolean =>
  a.server === b.server && a.user === b.user && a.domain === b.domain;
