/** Every way in which the simulator can be told to misbehave, with the value a bare switch-on takes. */
export const FAULTS = {
  "echo.beforeResponse": true,
  "echo.drop": true,
  "webhook.duplicates": 2,
  "webhook.reverseBatch": true,
  "webhook.parallel": true,
  /** wrong | missing | other-app */
  "webhook.signature": "wrong",
  "delivery.withoutMids": true,
  "delivery.drop": true,
  "read.oldWatermark": true,
  /** The delivery receipt waits and follows the read receipt. */
  "receipts.swapped": true,
  "sticker.double": true,
  /** Milliseconds before the answer; the message is sent at once. */
  "send.delay": 120_000,
  "send.closeAfterSend": true,
  "send.errorAfterSend": true,
  "send.serverError": true,
  "send.html": true,
  /** 429 (HTTP) | 613 (Graph code) */
  "send.throttle": "613",
  "send.restricted": true,
  "send.otherAppControls": true,
  "token.revoked": true,
  /** Percent shown in the usage headers. */
  "usage.high": 95,
  /** not-found | redirect-private | endless | wrong-type | stall */
  "media.host": "not-found",
} as const satisfies Record<string, boolean | number | string>;

export type FaultName = keyof typeof FAULTS;
export type FaultValue = boolean | number | string;

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
  /** Reads without counting. */
  peek(name: FaultName): FaultValue | undefined;
  /** Reads and counts one strike. */
  strike(name: FaultName): FaultValue | undefined;
}

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(FAULTS, name);
}

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
    peek: (name) => active.get(name)?.value,
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
