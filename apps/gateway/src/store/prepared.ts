import type { Compilable, CompiledQuery } from "kysely";
import { locks } from "./locks.ts";
import type { Queryable } from "./store.ts";

/** Stands in a query for a value that every run brings along. */
class Slot {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

type Values = Record<string, unknown>;

export interface Prepared<P, R> {
  all(q: Queryable, values: P): Promise<R[]>;
  first(q: Queryable, values: P): Promise<R | undefined>;
  /** Returns how many rows it changed. */
  run(q: Queryable, values: P): Promise<number>;
}

/**
 * A query whose SQL is built once for each engine and each set of fields that is given (one that is `undefined` counts as
 * not given), for the roads that every message takes: building takes longer than running. In `build` every field holds a
 * stand-in: it may be compared, set and inserted, but not looked at; lists (`in`) have no place here.
 */
export function prepared<P extends object, R>(
  build: (q: Queryable, values: P) => Compilable<R>,
): Prepared<P, R> {
  const plans = new Map<string, CompiledQuery<R>>();
  const execute = (q: Queryable, given: P) => {
    const values = given as Values;
    const names = Object.keys(values).filter((name) => values[name] !== undefined);
    const shape = `${q.engine} ${locks(q)} ${names.join()}`;
    let plan = plans.get(shape);
    if (!plan) {
      plan = build(q, slots(names) as P).compile();
      plans.set(shape, plan);
    }
    const parameters = plan.parameters.map((p) => (p instanceof Slot ? values[p.name] : p));
    return q.db.executeQuery<R>({ ...plan, parameters });
  };
  return {
    all: async (q, values) => (await execute(q, values)).rows,
    first: async (q, values) => (await execute(q, values)).rows[0],
    run: async (q, values) => Number((await execute(q, values)).numAffectedRows ?? 0),
  };
}

const slots = (names: readonly string[]): Values =>
  Object.fromEntries(names.map((name) => [name, new Slot(name)]));
