import type { Clock } from "@tongdai/shared";
import smpp, { type Pdu } from "smpp";
import type { SmppConfig } from "./config.ts";
import { type Answer, openSession, type Session } from "./smpp-session.ts";

/** Nothing was written, so nothing happened at the other end. */
export class Unreachable extends Error {}
/** The other end has as much of us as it takes, and is slow. */
export class Full extends Unreachable {}
/** It was written, and what became of it is not known. */
export class Lost extends Error {
  /** The answer that we have waited for long enough, should it come yet; rejects with `Refused`, or when the line is over. */
  readonly late: Promise<Answer> | null;
  constructor(why: string, late: Promise<Answer> | null = null) {
    super(why);
    this.late = late;
  }
}
/** Answered, with a status that is not 0. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`SMPP status 0x${status.toString(16)}`);
    this.status = status;
  }
}

export type Bind = "bind_transmitter" | "bind_receiver";
type Fields = Readonly<Record<string, unknown>>;

/** A bound session that notices when the other end is gone. */
export interface Line {
  /**
   * Rejects with `Unreachable`, `Lost`, or `Refused`. While an answer that is overdue makes the line doubtful, nothing is written:
   * it waits for the look that follows.
   */
  ask(command: string, fields: Fields): Promise<Answer>;
  /** Resolves with why, once the line is over. */
  readonly ended: Promise<Error>;
  close(): void;
}

export interface LineDeps {
  readonly clock: Clock;
  /** What the other end sends of its own accord; once it is kept, what to do when the other end has been told so. */
  readonly onDeliver?: (pdu: Pdu, octets: Buffer) => Promise<() => void>;
  /** The same, of which nobody can read more than that it came. */
  readonly onUnreadable?: (octets: Buffer) => Promise<void>;
  /** The other end has answered our look, so it has had all that was written before. */
  readonly onAlive?: () => void;
}

/** A line opened, its look and its answer all end before whoever sends stops waiting. */
const CONNECT_MS = 5_000;
const BIND_MS = 5_000;
const RESPONSE_MS = 10_000;
const LOOK_MS = 5_000;
/** With the time of a look the longest that a dead line on which nothing is sent is taken for a living one. */
const ENQUIRE_MS = 30_000;
const INTERFACE_VERSION = 0x34;

/** ESME_RX_T_APPN: the other end keeps it and tries again. */
const TRY_AGAIN = 0x64;
/** ESME_RX_R_APPN. */
const REFUSED = 0x66;
/** ESME_RINVCMDID. */
const NO_SUCH_COMMAND = 0x03;
/** Requests that have no answer. Source: SMPP 3.4, 4.1.7 and 4.12. */
const UNANSWERED: ReadonlySet<string> = new Set(["outbind", "alert_notification"]);

/** Connects and binds. Rejects with `Unreachable`, or `Refused` when the other end does not take us. */
export async function openLine(config: SmppConfig, bind: Bind, deps: LineDeps): Promise<Line> {
  const line = connect(config, deps);
  const { systemId: system_id, password, systemType: system_type } = config;
  try {
    await line.connected;
    await line.write(
      bind,
      { system_id, password, system_type, interface_version: INTERFACE_VERSION },
      BIND_MS,
    );
  } catch (error) {
    line.close();
    // A bind that came to nothing has carried nothing.
    throw error instanceof Lost ? new Unreachable(error.message) : error;
  }
  line.enquire();
  return line;
}

interface Opening extends Line {
  readonly connected: Promise<void>;
  write(command: string, fields: Fields, within: number): Promise<Answer>;
  /** From now on it is looked at, again and again. */
  enquire(): void;
}

function connect(config: SmppConfig, deps: LineDeps): Opening {
  const { clock } = deps;
  const end = Promise.withResolvers<Error>();
  const connected = Promise.withResolvers<void>();
  const waiting = new Set<(why: Error) => void>();
  let over: Error | null = null;
  let looking: Promise<void> | null = null;
  let stopEnquiring = (): void => undefined;
  const finish = (why: Error): void => {
    if (over) return;
    over = why;
    stopEnquiring();
    undoConnect();
    session.destroy();
    connected.reject(new Unreachable(why.message));
    for (const reject of waiting) reject(why);
    waiting.clear();
    end.resolve(why);
  };
  const undoConnect = clock.after(CONNECT_MS, () => finish(new Error("no connection in time")));
  const session: Session = openSession(config, {
    onConnect() {
      undoConnect();
      connected.resolve();
    },
    onRequest: (pdu, octets) => hear({ session, deps, finish }, pdu, octets),
    onUnreadable(octets, reply) {
      if (!deps.onUnreadable) return reply(REFUSED);
      void deps.onUnreadable(octets).then(
        () => reply(0),
        () => reply(TRY_AGAIN),
      );
    },
    onEnd: finish,
  });

  const write = (command: string, fields: Fields, within: number): Promise<Answer> =>
    new Promise((resolve, reject) => {
      if (over) return reject(new Unreachable(over.message));
      const late = Promise.withResolvers<Answer>();
      late.promise.catch(() => undefined);
      const settle = (act: () => void): void => {
        undo();
        waiting.delete(fail);
        act();
      };
      const fail = (why: Error): void => settle(() => reject(new Lost(why.message)));
      const undo = clock.after(within, () => {
        settle(() => reject(new Lost("no answer in time", late.promise)));
        waiting.add(late.reject);
      });
      waiting.add(fail);
      const isWritten = session.send(new smpp.PDU(command, fields), (answer) => {
        const { command_status: status } = answer;
        settle(() => (status === 0 ? resolve(answer) : reject(new Refused(status))));
        waiting.delete(late.reject);
        if (status === 0) late.resolve(answer);
        else late.reject(new Refused(status));
      });
      if (!isWritten) settle(() => reject(new Unreachable("the line is closed")));
    });

  /** Whether somebody is there; any answer proves it. Nobody there: the line is over. */
  const look = async (): Promise<void> => {
    stopEnquiring();
    try {
      await write("enquire_link", {}, LOOK_MS);
    } catch (why) {
      if (!(why instanceof Refused)) return finish(why instanceof Error ? why : new Error(String(why)));
    }
    deps.onAlive?.();
    enquire();
  };
  const enquire = (): void => {
    stopEnquiring();
    if (!over) stopEnquiring = clock.after(ENQUIRE_MS, () => void look());
  };

  return {
    connected: connected.promise,
    ended: end.promise,
    write,
    enquire,
    async ask(command, fields) {
      while (looking) await looking;
      try {
        return await write(command, fields, RESPONSE_MS);
      } catch (error) {
        if (error instanceof Lost && !over)
          looking ??= look().finally(() => {
            looking = null;
          });
        throw error;
      }
    },
    close() {
      if (!over) session.send(new smpp.PDU("unbind"));
      session.close();
      finish(new Error("closed"));
    },
  };
}

interface Hearing {
  readonly session: Session;
  readonly deps: LineDeps;
  finish(why: Error): void;
}

/** What the other end asks of us. */
function hear({ session, deps, finish }: Hearing, pdu: Pdu, octets: Buffer): void {
  const answer = (command_status: number): boolean => session.send(pdu.response({ command_status }));
  if (pdu.command === "enquire_link") return void answer(0);
  if (pdu.command === "unbind") {
    answer(0);
    finish(new Error("the other end unbound"));
    return;
  }
  if (pdu.command !== "deliver_sm") {
    if (!UNANSWERED.has(pdu.command)) answer(NO_SUCH_COMMAND);
    return;
  }
  if (!deps.onDeliver) return void answer(REFUSED);
  void deps.onDeliver(pdu, octets).then(
    (told) => {
      if (answer(0)) told();
    },
    () => answer(TRY_AGAIN),
  );
}
