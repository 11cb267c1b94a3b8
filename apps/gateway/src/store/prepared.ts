import type { Compilable, CompiledQuery } from "kysely";
import { locks } from "./locks.ts";
import { connectionOf } from "./sqlite-dialect.ts";
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
      const built = build(q, slots(names) as P).compile();
      plan = q.engine === "sqlite" ? steady(built) : built;
      plans.set(shape, plan);
    }
    const parameters = plan.parameters.map((p) => (p instanceof Slot ? values[p.name] : p));
    // Kysely's executor waits several times for an embedded store that answers at once.
    const straight = connectionOf(q.db)?.answer<R>({ sql: plan.sql, parameters });
    return straight ?? q.db.executeQuery<R>({ ...plan, parameters });
  };
  return {
    all: async (q, values) => (await execute(q, values)).rows,
    first: async (q, values) => (await execute(q, values)).rows[0],
    run: async (q, values) => Number((await execute(q, values)).numAffectedRows ?? 0),
  };
}

const slots = (names: readonly string[]): Values =>
  Object.fromEntries(names.map((name) => [name, new Slot(name)]));

/**
 * SQLite plans a statement anew for each value of a bare parameter that its planner looks at, which takes several times
 * as long as a look-up by key. It does not look behind a sign; and constants, which it has to see to choose a partial
 * index, are written out.
 */
function steady<R>(plan: CompiledQuery<R>): CompiledQuery<R> {
  const parameters: unknown[] = [];
  let next = 0;
  const sql = plan.sql.replaceAll("?", () => {
    const value = plan.parameters[next++];
    const text = value instanceof Slot ? null : literal(value);
    if (text === null) parameters.push(value);
    return text ?? "+?";
  });
  if (next !== plan.parameters.length) throw new Error(`a question mark in a name or text: ${plan.sql}`);
  return { ...plan, sql, parameters };
}

function literal(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : null;
}
