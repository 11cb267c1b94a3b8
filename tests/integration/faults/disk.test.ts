import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { startChild } from "../../support/child-gateway.ts";
import { device, noDevice, noTracer } from "../../support/device.ts";
import { connectedStore, deliver } from "../../support/page-writer.ts";

const withoutDevice = await noDevice();
const withoutTracer = await noTracer();

const storedIn = (path: string): Set<string> => {
  const db = new Sqlite(path);
  try {
    expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
    return new Set(db.prepare("select external_id from message").pluck().all() as string[]);
  } finally {
    db.close();
  }
};

describe("the disk", () => {
  test.skipIf(withoutDevice)(
    `F2: what was acknowledged survives the power going${withoutDevice ? ` (${withoutDevice})` : ""}`,
    async () => {
      const disk = await device({ megabytes: 64 });
      const dataDir = join(disk.mount, "data");
      mkdirSync(dataDir);
      const databaseUrl = join(dataDir, "tongdai.db");
      await connectedStore({ dataDir, databaseUrl }).catch(async (error: unknown) => {
        await disk.remove();
        throw error;
      });
      const gateway = await startChild({ dataDir, databaseUrl });
      try {
        for (let cut = 0; cut < 3; cut++) {
          const acknowledged: string[] = [];
          let going = true;
          const writers = Array.from({ length: 8 }, async () => {
            while (going) {
              const { mid, status } = await deliver(gateway.url, "trước khi mất điện");
              if (status === 200) acknowledged.push(mid);
              if (acknowledged.length >= 60) going = false;
            }
          });
          await Promise.all(writers);
          gateway.process.kill("SIGSTOP");
          const safe = [...acknowledged];
          // The copy has what reached the disk; what the machine still held in memory is gone from it.
          const after = await device({ copyOf: disk.image });
          try {
            const stored = storedIn(join(after.mount, "data", "tongdai.db"));
            expect(safe.filter((mid) => !stored.has(mid))).toEqual([]);
          } finally {
            await after.remove();
            gateway.process.kill("SIGCONT");
          }
        }
      } finally {
        await gateway.kill();
        await disk.remove();
      }
    },
    60_000,
  );

  test.skipIf(withoutDevice)(
    `F3: a full disk refuses what is new, shows what is there, and recovers by itself${withoutDevice ? ` (${withoutDevice})` : ""}`,
    async () => {
      const disk = await device({ megabytes: 24 });
      const dataDir = join(disk.mount, "data");
      mkdirSync(dataDir);
      const databaseUrl = join(dataDir, "tongdai.db");
      await connectedStore({ dataDir, databaseUrl }).catch(async (error: unknown) => {
        await disk.remove();
        throw error;
      });
      const gateway = await startChild({ dataDir, databaseUrl });
      try {
        expect((await deliver(gateway.url, "còn chỗ")).status).toBe(200);
        const { bavail, bsize } = statfsSync(disk.mount);
        const ballast = join(disk.mount, "ballast");
        writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - 600 * 1024)));
        const statuses: number[] = [];
        const acknowledged: string[] = [];
        for (let i = 0; i < 200 && statuses.at(-1) !== 503; i++) {
          const { mid, status } = await deliver(gateway.url, "đầy ".repeat(4_000));
          statuses.push(status);
          if (status === 200) acknowledged.push(mid);
        }
        expect(statuses.at(-1)).toBe(503);
        expect(new Set(statuses)).toEqual(new Set([200, 503]));
        expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
        expect((await fetch(`${gateway.url}/readyz`)).status).toBe(503);
        // A log-in reads before it writes: it is refused as unavailable or wrong, never as a crash.
        expect(gateway.process.exitCode).toBeNull();
        rmSync(ballast);
        const after = await deliver(gateway.url, "có chỗ lại");
        expect(after.status).toBe(200);
        expect(await gateway.stop()).toBe(0);
        const stored = storedIn(databaseUrl);
        expect([...acknowledged, after.mid].filter((mid) => !stored.has(mid))).toEqual([]);
      } finally {
        if (gateway.process.exitCode === null) await gateway.kill();
        await disk.remove();
      }
    },
    60_000,
  );

  test.skipIf(withoutTracer)(
    `F4: after a failed fsync the process ends rather than trust its memory${withoutTracer ? ` (${withoutTracer})` : ""}`,
    async () => {
      const dataDir = mkdtempSync(join(tmpdir(), "tongdai-eio-"));
      const databaseUrl = join(dataDir, "tongdai.db");
      try {
        await connectedStore({ dataDir, databaseUrl });
        const gateway = await startChild({
          dataDir,
          databaseUrl,
          under: [
            "strace",
            "-f",
            "-qq",
            "-o",
            join(dataDir, "trace"),
            "-e",
            "trace=fsync,fdatasync",
            "-e",
            "inject=fsync,fdatasync:error=EIO:when=25+",
          ],
        });
        const gone = new Promise<number | null>((resolve) => gateway.process.once("exit", resolve));
        const acknowledged: string[] = [];
        let last = 200;
        for (let i = 0; i < 200 && last === 200; i++) {
          const { mid, status } = await deliver(gateway.url, "đĩa hỏng");
          last = status;
          if (status === 200) acknowledged.push(mid);
        }
        expect([0, 503]).toContain(last);
        expect(await gone).toBe(70);
        expect(readFileSync(join(dataDir, "trace"), "utf8")).toContain("EIO");
        const stored = storedIn(databaseUrl);
        expect(acknowledged.filter((mid) => !stored.has(mid))).toEqual([]);
        const again = await startChild({ dataDir, databaseUrl });
        expect((await deliver(again.url, "đĩa mới")).status).toBe(200);
        expect(await again.stop()).toBe(0);
      } finally {
        if (existsSync(dataDir)) rmSync(dataDir, { recursive: true, force: true });
      }
    },
    60_000,
  );
});
