import type { Socket } from "node:net";
import { type Reader, readerOf } from "./lines.ts";
import { checkLogIn, plainLogIn } from "./smtp.ts";
import type { Mailbox, Sim, StoredLetter } from "./world.ts";

interface Session {
  readonly sim: Sim;
  readonly reader: Reader;
  readonly write: (text: string) => void;
  mailbox: Mailbox | null;
  selected: "no" | "read" | "write";
  /** How many letters the client has been told of. */
  told: number;
}

const CAPABILITIES = "IMAP4rev1 SASL-IR AUTH=PLAIN IDLE ID NAMESPACE";

/**
 * As much of IMAP as a client needs that reads one folder and listens to it: no CONDSTORE, no folders but INBOX. What it does not
 * know, or does not know in this state, is answered BAD. Source: RFC 9051, RFC 2177.
 */
export async function imap(sim: Sim, socket: Socket): Promise<void> {
  if (sim.faults.strike("imap.down") !== undefined) return void socket.destroy();
  const write = (text: string): void => void socket.write(Buffer.from(`${text}\r\n`, "latin1"));
  const reader = readerOf(socket);
  const session: Session = { sim, reader, write, mailbox: null, selected: "no", told: 0 };
  write(`* OK [CAPABILITY ${CAPABILITIES}] mail.test`);
  for (let line = await reader.line(); line !== null; line = await reader.line()) {
    const [, tag = "*", uid, verb = "", rest = ""] = /^(\S+) (UID )?(\w+) ?(.*)$/i.exec(line) ?? [];
    const isEnd = verb.toUpperCase() === "LOGOUT";
    if (isEnd) write("* BYE see you");
    else if (session.selected !== "no") tellOfNew(session);
    write(
      `${tag} ${isEnd ? "OK done" : await answer(session, { verb: `${uid ?? ""}${verb}`.toUpperCase(), rest })}`,
    );
    if (isEnd) return void socket.end();
  }
}

interface Command {
  readonly verb: string;
  readonly rest: string;
}

async function answer(s: Session, { verb, rest }: Command): Promise<string> {
  switch (verb) {
    case "CAPABILITY":
      s.write(`* CAPABILITY ${CAPABILITIES}`);
      return "OK done";
    case "NOOP":
      return "OK done";
    case "ID":
      s.write("* ID NIL");
      return "OK done";
    case "LOGIN":
    case "AUTHENTICATE":
      return s.mailbox ? "BAD logged in already" : logIn(s, { verb, rest });
  }
  if (!s.mailbox) return "BAD log in first";
  switch (verb) {
    case "NAMESPACE":
      s.write('* NAMESPACE (("" "/")) NIL NIL');
      return "OK done";
    case "LIST":
    case "LSUB":
      s.write(
        /^"?"? ""$/.test(rest) ? `* ${verb} (\\Noselect) "/" ""` : `* ${verb} (\\HasNoChildren) "/" INBOX`,
      );
      return "OK done";
    case "SELECT":
    case "EXAMINE":
      return select(s, s.mailbox, { verb, rest });
  }
  return s.selected === "no" ? "BAD select first" : inFolder(s, s.mailbox, { verb, rest });
}

async function logIn(s: Session, { verb, rest }: Command): Promise<string> {
  let user: string | null;
  if (verb === "LOGIN") {
    const [, name = "", password = ""] = /^"?([^"\s]+)"? "?([^"]*)"?$/.exec(rest) ?? [];
    user = checkLogIn(s.sim, name, password);
  } else {
    const [mechanism = "", initial] = rest.split(" ");
    if (mechanism.toUpperCase() !== "PLAIN") return "NO PLAIN only";
    if (initial === undefined) s.write("+ ");
    user = plainLogIn(s.sim, initial ?? (await s.reader.line()) ?? "");
  }
  s.mailbox = user === null ? null : (s.sim.world.mailboxes.get(user) ?? null);
  return s.mailbox ? "OK welcome" : "NO [AUTHENTICATIONFAILED] wrong name or password";
}

function select(s: Session, mailbox: Mailbox, { verb, rest }: Command): string {
  if (!/^"?INBOX"?$/i.test(rest)) return "NO [NONEXISTENT] no such folder";
  s.selected = verb === "SELECT" ? "write" : "read";
  s.told = mailbox.letters.length;
  s.write("* FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft)");
  s.write(`* ${s.told} EXISTS`);
  s.write("* 0 RECENT");
  s.write(`* OK [UIDVALIDITY ${mailbox.uidValidity}] same numbers`);
  s.write(`* OK [UIDNEXT ${mailbox.uidNext}] next`);
  return s.selected === "write" ? "OK [READ-WRITE] done" : "OK [READ-ONLY] done";
}

async function inFolder(s: Session, mailbox: Mailbox, { verb, rest }: Command): Promise<string> {
  switch (verb) {
    case "IDLE":
      return listen(s, mailbox);
    case "UID SEARCH": {
      const found = search(mailbox, rest);
      if (!found) return "BAD search";
      s.write(["* SEARCH", ...found.map(({ uid }) => uid)].join(" "));
      return "OK done";
    }
    case "UID FETCH": {
      const [, set = "", items = ""] = /^(\S+) \((.*)\)$/.exec(rest) ?? [];
      const lines = inSet(mailbox, set).map((letter) => fetched(mailbox, letter, items));
      if (set === "" || lines.includes(null)) return "BAD fetch";
      for (const line of lines) if (line !== null) s.write(line);
      s.sim.changed();
      return "OK done";
    }
    case "UID STORE": {
      const [, set = "", flags = ""] = /^(\S+) \+FLAGS(?:\.SILENT)? \((.*)\)$/i.exec(rest) ?? [];
      if (s.selected !== "write" || flags === "") return "NO store";
      for (const letter of inSet(mailbox, set)) for (const flag of flags.split(" ")) letter.flags.add(flag);
      s.sim.changed();
      return "OK done";
    }
    case "CLOSE":
    case "UNSELECT":
      s.selected = "no";
      return "OK done";
    default:
      return "BAD no such command";
  }
}

/** Tells of each new letter as it comes, until the client has heard enough. */
async function listen(s: Session, mailbox: Mailbox): Promise<string> {
  s.write("+ idling");
  const tell = () => tellOfNew(s);
  tell();
  mailbox.listeners.add(tell);
  const line = await s.reader.line();
  mailbox.listeners.delete(tell);
  return line?.toUpperCase() === "DONE" ? "OK done" : "BAD DONE, please";
}

function tellOfNew(s: Session): void {
  const there = s.mailbox?.letters.length ?? 0;
  if (there !== s.told) s.write(`* ${there} EXISTS`);
  s.told = there;
}

/** "3", "2:7", "5:*" and several of them; `*` is the last one, also when the range begins after it. */
function inSet(mailbox: Mailbox, set: string): StoredLetter[] {
  const last = mailbox.uidNext - 1;
  const at = (text: string): number => (text === "*" ? last : Number(text));
  const ranges = set.split(",").map((part) => {
    const [from = "", to = from] = part.split(":");
    return [Math.min(at(from), at(to)), Math.max(at(from), at(to))] as const;
  });
  return mailbox.letters.filter(({ uid }) => ranges.some(([from, to]) => uid >= from && uid <= to));
}

function search(mailbox: Mailbox, query: string): StoredLetter[] | null {
  if (/^ALL$/i.test(query)) return mailbox.letters;
  const set = /^UID (\S+)$/i.exec(query)?.[1];
  if (set !== undefined) return inSet(mailbox, set);
  const since = Date.parse(`${/^SINCE "?(\d{1,2}-\w{3}-\d{4})"?$/i.exec(query)?.[1]} UTC`);
  return Number.isNaN(since) ? null : mailbox.letters.filter(({ at }) => at >= since);
}

/** `null`: something is asked for that this server does not have. */
function fetched(mailbox: Mailbox, letter: StoredLetter, items: string): string | null {
  const parts: string[] = [];
  for (const item of items.split(" ")) {
    const body = /^BODY(?:\.PEEK)?\[\](?:<(\d+)\.(\d+)>)?$/i.exec(item);
    if (body) {
      const [, from, length] = body;
      const start = Number(from ?? 0);
      const bytes = letter.raw.subarray(start, length === undefined ? undefined : start + Number(length));
      if (!/PEEK/i.test(item)) letter.flags.add("\\Seen");
      if (start + bytes.length >= letter.raw.length) letter.isFetched = true;
      const mark = from === undefined ? "" : `<${start}>`;
      parts.push(`BODY[]${mark} {${bytes.length}}\r\n${bytes.toString("latin1")}`);
    } else if (item.toUpperCase() === "UID") parts.push(`UID ${letter.uid}`);
    else if (item.toUpperCase() === "FLAGS") parts.push(`FLAGS (${[...letter.flags].join(" ")})`);
    else if (item.toUpperCase() === "RFC822.SIZE") parts.push(`RFC822.SIZE ${letter.raw.length}`);
    else if (item.toUpperCase() === "INTERNALDATE") parts.push(`INTERNALDATE "${imapDate(letter.at)}"`);
    else return null;
  }
  return `* ${mailbox.letters.indexOf(letter) + 1} FETCH (${parts.join(" ")})`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "22-Nov-2026 16:05:09 +0000". */
function imapDate(at: number): string {
  const [date = "", time = ""] = new Date(at).toISOString().split(/[T.]/);
  const [year, month, day] = date.split("-");
  return `${day}-${MONTHS[Number(month) - 1]}-${year} ${time} +0000`;
}
