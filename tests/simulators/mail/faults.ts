import { type FaultsOf, faultsOf } from "../kit/faults.ts";

/** Every way in which the server can be told to misbehave, with the value a bare switch-on takes. */
export const FAULTS = {
  "login.refused": true,
  "imap.down": true,
  "smtp.down": true,
  /** Not now: 451. */
  "smtp.later": true,
  /** No such mailbox: 550 to every recipient. */
  "smtp.noSuchMailbox": true,
  /** Takes the letter and breaks the line before it says so. */
  "smtp.closeAfterLetter": true,
} as const satisfies Record<string, boolean>;

export type FaultName = keyof typeof FAULTS;
export type Faults = FaultsOf<FaultName>;

export const createFaults = (changed: () => void): Faults => faultsOf<FaultName>(FAULTS, changed);
export const isFaultName = (name: string): name is FaultName => Object.hasOwn(FAULTS, name);
