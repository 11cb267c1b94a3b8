import type { Socket } from "node:net";
import { type Reader, readerOf } from "./lines.ts";
import { addressesOf, headerOf, unfolded } from "./mime.ts";
import { bring, lettersOf, mailboxOf, newId, type Sim } from "./world.ts";

/** What servers of these days take. */
const MAX_BYTES = 25_000_000;

interface Session {
  /** The mailbox that logged in. */
  user: string | null;
  greeted: boolean;
  from: string | null;
  to: string[];
}

/**
 * Takes letters of our mailboxes, and only after a log-in and under their own address. Source: RFC 5321, RFC 4954.
 */
export async function smtp(sim: Sim, socket: Socket): Promise<void> {
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  if (sim.faults.strike("smtp.down") !== undefined) return void socket.destroy();
  const reader = readerOf(socket);
  const session: Session = { user: null, greeted: false, from: null, to: [] };
  say("220 mail.test ESMTP");
  for (let line = await reader.line(); line !== null; line = await reader.line()) {
    const verb = line.split(" ")[0]?.toUpperCase() ?? "";
    if (verb === "QUIT") {
      say("221 2.0.0 bye");
      return void socket.end();
    }
    if (verb === "AUTH") await logIn(sim, session, { line, reader, say });
    else if (verb === "DATA" && session.from !== null && session.to.length > 0) {
      say("354 end with a dot");
      const raw = await letterOf(reader);
      if (raw === null) return;
      const answer = take(sim, session, raw);
      if (answer.startsWith("250") && sim.faults.strike("smtp.closeAfterLetter") !== undefined)
        return void socket.destroy();
      say(answer);
      session.from = null;
      session.to = [];
    } else say(step(sim, session, { verb, line }));
  }
}

function step(sim: Sim, session: Session, { verb, line }: { verb: string; line: string }): string {
  const address = /<([^<>\s]*)>/.exec(line)?.[1];
  switch (verb) {
    case "EHLO":
    case "HELO":
      session.greeted = true;
      return verb === "HELO"
        ? "250 mail.test"
        : `250-mail.test\r\n250-AUTH PLAIN\r\n250-SIZE ${MAX_BYTES}\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES`;
    case "MAIL":
      if (!session.greeted) return "503 5.5.1 say EHLO first";
      if (session.user === null) return "530 5.7.0 log in first";
      if (address === undefined) return "501 5.5.4 MAIL FROM:<address>";
      // The null sender is for reports, which travel between servers and not from a mailbox.
      if (mailboxOf(sim.world, address)?.address !== session.user)
        return "553 5.7.1 this is not your address";
      if (sim.faults.strike("smtp.later") !== undefined) return "451 4.3.0 not now";
      session.from = address;
      session.to = [];
      return "250 2.1.0 ok";
    case "RCPT":
      if (session.from === null) return "503 5.5.1 MAIL first";
      if (!address || !/^[^@]+@[^@]+$/.test(address)) return "501 5.1.3 RCPT TO:<address>";
      if (sim.faults.strike("smtp.noSuchMailbox") !== undefined) return "550 5.1.1 no such mailbox";
      session.to.push(address.toLowerCase());
      return "250 2.1.5 ok";
    case "RSET":
      session.from = null;
      session.to = [];
      return "250 2.0.0 ok";
    case "NOOP":
      return "250 2.0.0 ok";
    case "DATA":
      return "503 5.5.1 RCPT first";
    default:
      return "500 5.5.2 no such command";
  }
}

async function logIn(
  sim: Sim,
  session: Session,
  { line, reader, say }: { line: string; reader: Reader; say(line: string): void },
): Promise<void> {
  const [, mechanism = "", initial] = line.split(" ");
  if (mechanism.toUpperCase() !== "PLAIN") return say("504 5.5.4 PLAIN only");
  if (initial === undefined) say("334 ");
  const secret = initial ?? (await reader.line()) ?? "";
  session.user = plainLogIn(sim, secret);
  say(session.user === null ? "535 5.7.8 wrong name or password" : "235 2.7.0 welcome");
}

/** Whose name and password these are, in the one form that both protocols share. Source: RFC 4616. */
export function plainLogIn(sim: Sim, base64: string): string | null {
  const [, user = "", password] = Buffer.from(base64, "base64").toString("utf8").split("\0");
  return checkLogIn(sim, user, password ?? "");
}

export function checkLogIn(sim: Sim, user: string, password: string): string | null {
  const mailbox = sim.world.mailboxes.get(user.toLowerCase());
  const isRight = mailbox !== undefined && mailbox.password === password;
  return isRight && !(sim.faults.strike("login.refused") !== undefined) ? mailbox.address : null;
}

async function letterOf(reader: Reader): Promise<Buffer | null> {
  const lines: string[] = [];
  for (;;) {
    const line = await reader.line();
    if (line === null) return null;
    if (line === ".") return Buffer.from(`${lines.join("\r\n")}\r\n`, "latin1");
    lines.push(line.startsWith(".") ? line.slice(1) : line);
  }
}

function take(sim: Sim, { user, to }: Session, raw: Buffer): string {
  if (raw.length > MAX_BYTES) return "552 5.3.4 too large";
  const head = unfolded(raw.toString("latin1"));
  // Without these a letter is refused by many, or taken for advertising.
  if (!headerOf(head, "message-id") || !headerOf(head, "date"))
    return "550 5.6.0 Message-ID and Date, please";
  const [from] = addressesOf(headerOf(head, "from"));
  if (!from || mailboxOf(sim.world, from)?.address !== user) return "550 5.7.1 From is not your address";
  for (const address of new Set(to)) {
    const ours = mailboxOf(sim.world, address);
    if (ours) bring(sim, ours, raw);
    else {
      const letter = { id: newId(), mine: false, mailbox: user ?? "", at: sim.clock.now(), raw };
      lettersOf(sim.world, address).push(letter);
      sim.changed();
    }
  }
  return "250 2.0.0 taken";
}
