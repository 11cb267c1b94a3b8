import { randomBytes } from "node:crypto";
import type { Clock } from "../kit/clock.ts";
import type { Faults } from "./faults.ts";

/** A mailbox of the contact centre, on our server. */
export interface MailboxOptions {
  readonly address: string;
  readonly name: string;
  readonly password: string;
}

export interface StoredLetter {
  readonly uid: number;
  readonly at: number;
  /** As it travelled, with CRLF. */
  readonly raw: Buffer;
  readonly flags: Set<string>;
  /** A client has read all of it. */
  isFetched?: boolean;
}

export interface Mailbox extends MailboxOptions {
  readonly letters: StoredLetter[];
  readonly uidValidity: number;
  uidNext: number;
  /** Sessions that want to be told of a new letter. */
  readonly listeners: Set<() => void>;
}

/** One letter as it lies in a customer's own mailbox, sent or received. */
export interface CustomerLetter {
  readonly id: string;
  readonly mine: boolean;
  /** The contact centre's mailbox that it went to or came from. */
  readonly mailbox: string;
  readonly at: number;
  readonly raw: Buffer;
}

export interface World {
  readonly mailboxes: ReadonlyMap<string, Mailbox>;
  /** By the customer's address. */
  readonly customers: Map<string, CustomerLetter[]>;
}

export interface Sim {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly world: World;
  changed(): void;
}

export function createWorld(mailboxes: readonly MailboxOptions[], now: number): World {
  return {
    mailboxes: new Map(
      mailboxes.map((one): [string, Mailbox] => [
        one.address,
        { ...one, letters: [], uidValidity: Math.floor(now / 1000), uidNext: 1, listeners: new Set() },
      ]),
    ),
    customers: new Map(),
  };
}

/** The mailbox of an address or of its plus-form, `support+anything@`. */
export function mailboxOf(world: World, address: string): Mailbox | undefined {
  return world.mailboxes.get(address.toLowerCase().replace(/\+[^@]*@/, "@"));
}

export function lettersOf(world: World, customer: string): CustomerLetter[] {
  const known = world.customers.get(customer);
  if (known) return known;
  const made: CustomerLetter[] = [];
  world.customers.set(customer, made);
  return made;
}

/** Puts a letter into a mailbox of ours and tells who listens. */
export function bring(sim: Sim, mailbox: Mailbox, raw: Buffer): void {
  mailbox.letters.push({ uid: mailbox.uidNext, at: sim.clock.now(), raw, flags: new Set() });
  mailbox.uidNext += 1;
  for (const tell of mailbox.listeners) tell();
  sim.changed();
}

export const newId = (): string => randomBytes(9).toString("hex");
