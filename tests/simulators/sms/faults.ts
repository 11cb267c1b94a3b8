import { type FaultsOf, faultsOf } from "../kit/faults.ts";

/** Every way in which the simulator can be told to misbehave, with the value a bare switch-on takes. */
export const FAULTS = {
  /** Milliseconds before the answer; the text is sent at once. */
  "send.delay": 120_000,
  "send.closeAfterSend": true,
  /** Breaks the connection before anything was taken. */
  "send.closeBeforeSend": true,
  "send.html": true,
  "send.serverError": true,
  "send.throttle": true,
  "account.keysRefused": true,
  "account.noMoney": true,
  /** The network does not bring the text to the phone. */
  "network.fails": true,
  "report.beforeAnswer": true,
  "report.drop": true,
  "report.reversed": true,
  "webhook.duplicates": 5,
  "webhook.forged": true,
} as const satisfies Record<string, boolean | number>;

export type FaultName = keyof typeof FAULTS;
export type Faults = FaultsOf<FaultName>;

export const createFaults = (changed: () => void): Faults => faultsOf<FaultName>(FAULTS, changed);
export const isFaultName = (name: string): name is FaultName => Object.hasOwn(FAULTS, name);
