import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

declare module "vitest" {
  export interface ProvidedContext {
    /** The maintenance database of the run's private cluster: see postgres-setup.ts. */
    postgresUrl: string;
  }
}

export interface FreshDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** An empty database that nobody else uses. `drop` also ends the connections that a test left open. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const maintenance = inject("postgresUrl");
  const name = `t_${randomUUID().replaceAll("-", "")}`;
  await run(maintenance, `create database ${name} template template0`);
  const url = new URL(maintenance);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(maintenance, `drop database if exists ${name} with (force)`) };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
