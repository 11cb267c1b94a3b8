import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";

export interface TakenLetter {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came, its lines ended by CRLF. */
  readonly raw: string;
}

/** Where a server may fall silent: at a recipient, or once it has the whole letter, which it then delivers. */
export type Silence = "recipient" | "end";

export interface SmtpPeer {
  readonly port: number;
  /** In the order in which their last line came. */
  readonly taken: readonly TakenLetter[];
  /** Every answer to a log-in, in order: `ok`, or what was refused. */
  readonly logins: readonly ("ok" | "refused")[];
  /** From now on it says nothing there. Resolves once somebody waits for the answer. */
  silent(at: Silence): Promise<void>;
  speak(): void;
  close(): Promise<void>;
}

interface Options {
  /** Who a token is of, or `null`: it is no good. Without it letters are taken from anybody. */
  readonly userOf?: (token: string) => string | null;
}

/**
 * A server that takes letters from programs, with log-in by token: RFC 5321; RFC 4954; Google, "OAuth 2.0 mechanism" of Gmail
 * (XOAUTH2). It delivers nothing.
 */
export async function startSmtpPeer(o: Options = {}): Promise<SmtpPeer> {
  const taken: TakenLetter[] = [];
  const logins: ("ok" | "refused")[] = [];
  const sockets = new Set<Socket>();
  let silence: Silence | null = null;
  let fellSilent = Promise.withResolvers<void>();

  /** @returns whether the answer is given */
  const speaks = (at: Silence): boolean => {
    if (silence !== at) return true;
    fellSilent.resolve();
    return false;
  };

  async function talk(socket: Socket): Promise<void> {
    const session = newSession(o.userOf === undefined);
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    say("220 smtp-peer ESMTP");
    for await (const line of createInterface({ input: socket })) {
      const answer = session.raw ? letterLine(session, line) : commandLine(session, line);
      if (answer !== null) say(answer);
      if (answer?.startsWith("221")) socket.end();
    }
  }

  /** @returns the answer to the letter, after its last line */
  function letterLine(session: Session, line: string): string | null {
    if (line !== ".") {
      session.raw?.push(line.startsWith(".") ? line.slice(1) : line);
      return null;
    }
    taken.push({ from: session.from, to: session.to, raw: `${session.raw?.join("\r\n")}\r\n` });
    Object.assign(session, { raw: null, to: [] });
    return speaks("end") ? "250 2.0.0 taken" : null;
  }

  function commandLine(session: Session, line: string): string | null {
    const answer = answerTo(session, line, o.userOf ?? (() => null));
    if (answer.startsWith("235")) logins.push("ok");
    if (answer.startsWith("535")) logins.push("refused");
    return line.toUpperCase().startsWith("RCPT") && !speaks("recipient") ? null : answer;
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    talk(socket).catch(() => {});
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address");

  return {
    port: address.port,
    taken,
    logins,
    silent(at) {
      silence = at;
      fellSilent = Promise.withResolvers();
      return fellSilent.promise;
    },
    speak() {
      silence = null;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

interface Session {
  isKnown: boolean;
  /** It has been told why its token is no good, and owes an empty line. */
  owesLine: boolean;
  from: string;
  to: string[];
  /** Lines of the letter that is coming. */
  raw: string[] | null;
}

const newSession = (isKnown: boolean): Session => ({
  isKnown,
  owesLine: false,
  from: "",
  to: [],
  raw: null,
});

/** Told as Gmail tells it: as a challenge that the client answers with an empty line. */
const REFUSAL = Buffer.from(
  '{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}',
).toString("base64");

function answerTo(session: Session, line: string, userOf: (token: string) => string | null): string {
  if (session.owesLine) {
    session.owesLine = false;
    return "535 5.7.8 Username and Password not accepted";
  }
  const address = /<(.*?)>/.exec(line)?.[1] ?? "";
  const [verb = "", method = "", initial = ""] = line.split(" ");
  switch (verb.toUpperCase()) {
    case "EHLO":
      return "250-smtp-peer\r\n250-SIZE 35000000\r\n250-8BITMIME\r\n250 AUTH XOAUTH2";
    case "AUTH":
      if (method.toUpperCase() !== "XOAUTH2") return "504 5.5.4 no such mechanism";
      session.isKnown = isLoginGood(initial, userOf);
      session.owesLine = !session.isKnown;
      return session.isKnown ? "235 2.7.0 accepted" : `334 ${REFUSAL}`;
    case "MAIL":
      if (!session.isKnown) return "530 5.7.0 authentication required";
      Object.assign(session, { from: address, to: [] });
      return "250 2.1.0 ok";
    case "RCPT":
      session.to.push(address);
      return "250 2.1.5 ok";
    case "DATA":
      if (session.to.length === 0) return "503 5.5.1 nobody to take it to";
      session.raw = [];
      return "354 go on";
    case "QUIT":
      return "221 2.0.0 bye";
    default:
      return "250 2.0.0 ok";
  }
}

/** `user=<address>^Aauth=Bearer <token>^A^A` in Base64, all of it in the first line. */
function isLoginGood(initial: string, userOf: (token: string) => string | null): boolean {
  const [user, auth, ...rest] = Buffer.from(initial, "base64").toString("utf8").split("\u0001");
  if (rest.join("|") !== "|" || !user?.startsWith("user=") || !auth?.startsWith("auth=Bearer ")) return false;
  return userOf(auth.slice("auth=Bearer ".length)) === user.slice("user=".length);
}
