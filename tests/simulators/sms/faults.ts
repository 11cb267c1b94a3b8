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
export type FaultValue = boolean | number;

export interface FaultState {
  readonly name: FaultName;
  readonly value: FaultValue;
  /** How many times it still strikes; absent: until cleared. */
  readonly times?: number;
}

export interface Faults {
  set(name: FaultName, value?: FaultValue, limit?: { readonly times?: number }): void;
  clear(name?: FaultName): void;
  list(): FaultState[];
  /** Reads and counts one strike. */
  strike(name: FaultName): FaultValue | undefined;
}

export const isFaultName = (name: string): name is FaultName => Object.hasOwn(FAULTS, name);

export function createFaults(changed: () => void): Faults {
  const active = new Map<FaultName, FaultState>();
  return {
    set(name, value = FAULTS[name], { times } = {}) {
      if (value === false) active.delete(name);
      else active.set(name, { name, value, ...(times === undefined ? {} : { times }) });
      changed();
    },
    clear(name) {
      if (name) active.delete(name);
      else active.clear();
      changed();
    },
    list: () => [...active.values()],
    strike(name) {
      const fault = active.get(name);
      if (!fault) return undefined;
      if (fault.times !== undefined) {
        if (fault.times <= 1) active.delete(name);
        else active.set(name, { ...fault, times: fault.times - 1 });
        changed();
      }
      return fault.value;
    },
  };
}
