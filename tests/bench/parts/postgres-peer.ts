import { randomUUID } from "node:crypto";
import pg from "pg";
import type { TestProject } from "vitest/node";
import setup from "../../support/postgres-setup.ts";
import { type CentreSize, seedCentre } from "../gateway/seed.ts";
import { targets } from "../targets.ts";
import { highestHeld, withGateway } from "./fire.ts";
import type { PartOptions } from "./part.ts";

/** The same gateway on PostgreSQL, which commits every message by itself. */
export async function peer(
  report: PartOptions["report"],
  dataDir: string,
  o: { size: CentreSize; held: number; quick: boolean },
): Promise<void> {
  const cluster = await durablePostgres().catch((error: unknown) => {
    report.note(`no PostgreSQL to measure against: ${String(error)}`);
    return null;
  });
  if (!cluster) return;
  try {
    const centre = await seedCentre(dataDir, o.size, cluster.url);
    const held = await withGateway(centre, async (range) => {
      await range.fire(200, o.quick ? 2 : 5);
      return await highestHeld(range, o.quick ? 1 : 4);
    });
    report.add({ what: "highest rate held on PostgreSQL", value: held, unit: "msg/s" });
    const value = o.held / Math.max(held, 1);
    report.add({ what: "SQLite over PostgreSQL", value, unit: "x", target: targets.againstPostgres });
    report.note("BullMQ is no dependency of ours and was left out of T4.");
  } finally {
    await cluster.stop();
  }
}

/** A private cluster that really waits for the disk, with an empty database. */
async function durablePostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  process.env["TONGDAI_TEST_PG_FSYNC"] = "on";
  let maintenance = "";
  // The set-up of the tests wants nothing of its project but a place to put the address.
  const project = {
    provide: (_key: string, url: string) => {
      maintenance = url;
    },
  } as unknown as TestProject;
  const stop = await setup(project);
  const name = `bench_${randomUUID().replaceAll("-", "")}`;
  const client = new pg.Client({ connectionString: maintenance });
  await client.connect();
  await client.query(`create database ${name} template template0`);
  await client.end();
  const url = new URL(maintenance);
  url.pathname = `/${name}`;
  return { url: url.href, stop };
}
