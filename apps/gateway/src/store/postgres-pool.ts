import { AppError } from "@tongdai/shared";
import type { PostgresPool, PostgresPoolClient } from "kysely";
import type pg from "pg";
import { codeOf } from "./code-of.ts";

/** The pool as Kysely takes it, with every trouble on the way to the server told as `unavailable`. */
export function guardedPool(pool: pg.Pool): PostgresPool {
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  // A connection that breaks ends its queries with an error of their own; unheard, the event would end the process.
  pool.on("error", () => {});
  pool.on("connect", (client) => void client.on("error", () => {}));
  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect().catch(rethrow);
      const guarded = known.get(client) ?? guard(client);
      known.set(client, guarded);
      return guarded;
    },
    end: () => pool.end(),
  };
}

function guard(client: pg.PoolClient): PostgresPoolClient {
  const query = (text: string, values: unknown[]) => client.query(text, values).catch(rethrow);
  // Kysely also describes asking with a cursor; nothing here streams.
  return { query: query as unknown as PostgresPoolClient["query"], release: () => client.release() };
}

function rethrow(error: unknown): never {
  throw isConnection(error)
    ? new AppError("unavailable", `the store cannot be reached: ${String(error)}`)
    : error;
}

/** Class 08 without 08P01, which is a mistake of ours and no trouble on the way. */
const isConnection = (error: unknown): boolean =>
  /^(080|57P|53)|^E(CONN|PIPE|HOST|TIMEDOUT)/.test(codeOf(error)) ||
  (error instanceof Error &&
    /timeout exceeded|Connection terminated|not queryable|connection error/i.test(error.message));
