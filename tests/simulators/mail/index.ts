import { createServer as createHttpServer } from "node:http";
import { createServer, type Server, type Socket } from "node:net";
import { type Clock, realClock } from "../kit/clock.ts";
import { type Keeper, keepState } from "../kit/keeper.ts";
import { listen } from "../kit/listen.ts";
import { createStream } from "../kit/stream.ts";
import { createFaults, type Faults } from "./faults.ts";
import { imap } from "./imap.ts";
import { type NewLetter, readLetter, writeLetter } from "./mime.ts";
import { own } from "./own.ts";
import { smtp } from "./smtp.ts";
import { restore, save } from "./state.ts";
import {
  bring,
  type CustomerLetter,
  createWorld,
  lettersOf,
  type MailboxOptions,
  mailboxOf,
  newId,
  type Sim,
} from "./world.ts";

export type { FaultName } from "./faults.ts";
export type { MailboxOptions } from "./world.ts";

export type Written = Pick<NewLetter, "from" | "to" | "subject" | "text" | "files">;

export interface MailSimulator {
  /** The customer's mail program. */
  readonly url: string;
  readonly imapPort: number;
  readonly smtpPort: number;
  readonly faults: Faults;
  /** A customer writes; in the thread of the last letter from there, unless the subject is another. */
  write(letter: Written): void;
  /** What lies in a customer's mailbox, the oldest first. */
  letters(address: string): readonly CustomerLetter[];
  close(): Promise<void>;
}

export interface MailOptions {
  readonly mailboxes: readonly MailboxOptions[];
  readonly port?: number;
  readonly imapPort?: number;
  readonly smtpPort?: number;
  readonly clock?: Clock;
  /** Where the world is kept between two starts; absent: in memory only. */
  readonly stateFile?: string;
}

/** A provider of mail: mailboxes that one reads by IMAP and writes from by SMTP, and the customers at the other end. */
export async function startMailSimulator(o: MailOptions): Promise<MailSimulator> {
  const stream = createStream();
  const clock = o.clock ?? realClock;
  let keeper: Keeper | undefined;
  const changed = () => {
    stream.changed();
    keeper?.changed();
  };
  const sim: Sim = {
    clock,
    faults: createFaults(changed),
    world: createWorld(o.mailboxes, clock.now()),
    changed,
  };
  if (o.stateFile !== undefined)
    keeper = keepState(o.stateFile, { clock, load: (text) => restore(sim, text), save: () => save(sim) });
  // Kept at once: the numbers of an empty mailbox must not begin anew either.
  changed();
  const simulator = { write: (letter: Written) => write(sim, letter) };
  const pages = createHttpServer((request, response) => {
    own({ sim, simulator, stream }, { request, response }).catch(() => response.destroy());
  });
  const url = await listen(pages, { port: o.port ?? 0, host: "127.0.0.1" });
  const doors = [
    await open((socket) => imap(sim, socket), o.imapPort),
    await open((socket) => smtp(sim, socket), o.smtpPort),
  ] as const;
  return {
    ...simulator,
    url,
    imapPort: doors[0].port,
    smtpPort: doors[1].port,
    faults: sim.faults,
    letters: (address) => lettersOf(sim.world, address),
    async close() {
      stream.close();
      pages.closeAllConnections();
      await Promise.all([
        new Promise((resolve) => pages.close(resolve)),
        ...doors.map((door) => door.close()),
      ]);
      keeper?.close();
    },
  };
}

function write(sim: Sim, { to, ...letter }: Written): void {
  const mailbox = mailboxOf(sim.world, to);
  if (!mailbox) throw new Error(`no mailbox ${to}`);
  const { address } = letter.from;
  const mine = lettersOf(sim.world, address);
  const last = mine.findLast((one) => one.mailbox === mailbox.address);
  const before = last && readLetter(last.raw);
  const bare = (subject: string): string => subject.replace(/^((re|fwd?|trả lời):\s*)+/i, "");
  const isAnswer = before && (letter.subject === "" || bare(letter.subject) === bare(before.subject));
  const at = sim.clock.now();
  const raw = writeLetter({
    ...letter,
    to: isAnswer && !last.mine ? before.replyTo : mailbox.address,
    subject: isAnswer ? `Re: ${bare(before.subject)}` : letter.subject,
    messageId: `<${newId()}@${address.split("@")[1]}>`,
    at,
    ...(isAnswer ? { answers: before } : {}),
  });
  mine.push({ id: newId(), mine: true, mailbox: mailbox.address, at, raw });
  bring(sim, mailbox, raw);
}

async function open(
  talk: (socket: Socket) => Promise<void>,
  wanted = 0,
): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    talk(socket).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(wanted, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address");
  return {
    port: address.port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
