import type Sqlite from "better-sqlite3";
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";

/** Statements kept prepared, per connection. The set of queries is finite, so this is a bound for accidents. */
const MAX_STATEMENTS = 1_000;

const connections = new WeakMap<object, SqliteConnection>();

/**
 * Kysely over one better-sqlite3 connection, without Kysely's own connection mutex (the group commit orders the writers)
 * and with statements prepared once: half the time of the stock dialect.
 */
export function kyselyOver<T>(database: Sqlite.Database): Kysely<T> {
  const connection = new SqliteConnection(database);
  const db = new Kysely<T>({ dialect: dialectOf(database, connection) });
  connections.set(db, connection);
  return db;
}

/** The connection behind a handle that `kyselyOver` made: what is compiled already may go straight to it. */
export const connectionOf = (db: object): SqliteConnection | undefined => connections.get(db);

function dialectOf(database: Sqlite.Database, connection: SqliteConnection): Dialect {
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    beginTransaction: async () => void database.exec("begin immediate"),
    commitTransaction: async () => void database.exec("commit"),
    rollbackTransaction: async () => void database.exec("rollback"),
    destroy: async () => void database.close(),
  };
  return {
    createDriver: () => driver,
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

class SqliteConnection implements DatabaseConnection {
  readonly #database: Sqlite.Database;
  readonly #statements = new Map<string, Sqlite.Statement>();
  constructor(database: Sqlite.Database) {
    this.#database = database;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.answer(query);
  }

  answer<R>({ sql, parameters }: Pick<CompiledQuery, "sql" | "parameters">): QueryResult<R> {
    const statement = this.#prepare(sql);
    if (statement.reader) return { rows: statement.all(...parameters) as R[] };
    const { changes } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes) };
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    for (const row of this.#database.prepare(query.sql).iterate(...query.parameters))
      yield { rows: [row as R] };
  }

  #prepare(sql: string): Sqlite.Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    if (this.#statements.size >= MAX_STATEMENTS) this.#statements.clear();
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
