import type { Clock } from "@tongdai/shared";
import smpp, { type Pdu } from "smpp";
import type { SmppConfig } from "./config.ts";

/** Nothing was written, so nothing happened at the other end. */
export class Unreachable extends Error {}
/** It was written, and what became of it is not known. */
export class Lost extends Error {
  /** The answer that we have waited for long enough, should it come yet; rejects with `Refused`, or when the line is over. */
  readonly late: Promise<Pdu> | null;
  constructor(why: string, late: Promise<Pdu> | null = null) {
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
  /** Rejects with `Unreachable`, `Lost`, or `Refused`. */
  ask(command: string, fields: Fields): Promise<Pdu>;
  /** Resolves with why, once the line is over. */
  readonly ended: Promise<Error>;
  close(): void;
}

export interface LineDeps {
  readonly clock: Clock;
  /** What the other end sends of its own accord; once it is kept, what to do when the other end has been told so. */
  readonly onDeliver?: (pdu: Pdu) => Promise<() => void>;
  /** The other end has answered our look, so it has had all that was written before. */
  readonly onAlive?: () => void;
}

const CONNECT_MS = 10_000;
const RESPONSE_MS = 10_000;
/** Twice this without an answer is the longest that a dead line is taken for a living one. */
const ENQUIRE_MS = 30_000;
const INTERFACE_VERSION = 0x34;

/** Connects and binds. Rejects with `Unreachable`, `Lost`, or `Refused` when the other end does not take us. */
export async function openLine(config: SmppConfig, bind: Bind, deps: LineDeps): Promise<Line> {
  const line = await connect(config, deps);
  const { systemId: system_id, password, systemType: system_type } = config;
  try {
    await line.ask(bind, { system_id, password, system_type, interface_version: INTERFACE_VERSION });
  } catch (error) {
    line.close();
    throw error;
  }
  return line;
}

async function connect(config: SmppConfig, deps: LineDeps): Promise<Line> {
  const { clock } = deps;
  const session = smpp.connect({
    host: config.host,
    port: config.port,
    tls: config.tls,
    ...(config.tls && { servername: config.host }),
  });
  const end = Promise.withResolvers<Error>();
  const waiting = new Set<(why: Error) => void>();
  let over: Error | null = null;
  const finish = (why: Error): void => {
    if (over) return;
    over = why;
    stopEnquiring();
    session.destroy();
    for (const reject of waiting) reject(why);
    waiting.clear();
    end.resolve(why);
  };
  let stopEnquiring = (): void => undefined;

  const ask = (command: string, fields: Fields): Promise<Pdu> =>
    new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        undo();
        waiting.delete(fail);
        act();
      };
      const fail = (why: Error): void => settle(() => reject(new Lost(why.message)));
      const late = Promise.withResolvers<Pdu>();
      late.promise.catch(() => undefined);
      const undo = clock.after(RESPONSE_MS, () => {
        settle(() => reject(new Lost("no answer in time", late.promise)));
        waiting.add(late.reject);
      });
      if (over) return settle(() => reject(new Unreachable(over?.message)));
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

  const enquire = (): void => {
    stopEnquiring = clock.after(ENQUIRE_MS, () => {
      const isThere = (): void => {
        deps.onAlive?.();
        enquire();
      };
      ask("enquire_link", {}).then(isThere, (why: Error) => {
        // Any answer proves that somebody is there.
        if (why instanceof Refused) isThere();
        else finish(why);
      });
    });
  };

  await connected(session, clock).catch((error: Error) => {
    session.destroy();
    throw error;
  });
  session.on("error", finish);
  session.on("close", () => finish(new Error("the line was closed")));
  session.on("unbind", (pdu: Pdu) => {
    session.send(pdu.response());
    finish(new Error("the other end unbound"));
  });
  session.on("enquire_link", (pdu: Pdu) => session.send(pdu.response()));
  session.on("unknown", (pdu: Pdu) => session.send(pdu.response()));
  session.on("deliver_sm", (pdu: Pdu) => {
    const answer = (command_status: number): boolean =>
      over === null && session.send(pdu.response({ command_status }));
    if (!deps.onDeliver) return answer(REFUSED);
    return void deps.onDeliver(pdu).then(
      (told) => {
        if (answer(0)) told();
      },
      () => answer(TRY_AGAIN),
    );
  });
  // It keeps no process alive: what is owed is in the store.
  session.socket.unref();
  enquire();
  return {
    ask,
    ended: end.promise,
    close() {
      if (!over) session.send(new smpp.PDU("unbind"));
      session.close();
      finish(new Error("closed"));
    },
  };
}

/** ESME_RX_T_APPN: the other end keeps it and tries again. */
const TRY_AGAIN = 0x64;
/** ESME_RX_R_APPN. */
const REFUSED = 0x66;

function connected(session: ReturnType<typeof smpp.connect>, clock: Clock): Promise<void> {
  return new Promise((resolve, reject) => {
    const undo = clock.after(CONNECT_MS, () => reject(new Unreachable("no connection in time")));
    const done = (act: () => void) => () => {
      undo();
      act();
    };
    session.once("connect", done(resolve));
    session.once("error", (error: Error) => done(() => reject(new Unreachable(error.message)))());
  });
}
