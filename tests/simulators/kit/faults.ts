export type FaultValue = boolean | number | string;

export interface FaultState<N extends string> {
  readonly name: N;
  readonly value: FaultValue;
  /** How many times it still strikes; absent: until cleared. */
  readonly times?: number;
}

/** The troubles that a simulator can be told to make, and those that it is making. */
export interface FaultsOf<N extends string> {
  set(name: N, value?: FaultValue, limit?: { readonly times?: number }): void;
  clear(name?: N): void;
  list(): FaultState<N>[];
  /** Reads without counting. */
  peek(name: N): FaultValue | undefined;
  /** Reads and counts one strike. */
  strike(name: N): FaultValue | undefined;
}

/** @param table every fault with the value that a bare switch-on takes */
export function faultsOf<N extends string>(
  table: Readonly<Record<N, FaultValue>>,
  changed: () => void,
): FaultsOf<N> {
  const active = new Map<N, FaultState<N>>();
  return {
    set(name, value = table[name], { times } = {}) {
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
