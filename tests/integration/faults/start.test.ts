import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runChild, startChild } from "../../support/child-gateway.ts";

describe("F5: a store that is broken", () => {
  let dataDir: string;
  let databaseUrl: string;
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "tongdai-broken-"));
    databaseUrl = join(dataDir, "tongdai.db");
    const whole = await startChild({ dataDir, databaseUrl });
    await whole.stop();
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  const spoil = (change: (fd: number) => void) => {
    const fd = openSync(databaseUrl, "r+");
    change(fd);
    closeSync(fd);
  };

  test.each([
    ["its header overwritten", (fd: number) => void writeSync(fd, Buffer.alloc(100, 0x5a), 0, 100, 0)],
    ["its second half missing", (fd: number) => ftruncateSync(fd, 40_000)],
  ])("with %s refuses to start, with a sentence that says what to do", async (_what, change) => {
    spoil(change);
    const { code, said } = await runChild({ dataDir, databaseUrl });
    expect(code).toBe(78);
    expect(said).toMatch(/^The store .*tongdai\.db is damaged .*backup\.$/m);
  });

  test("an intact one starts again", async () => {
    const again = await startChild({ dataDir, databaseUrl });
    expect((await fetch(`${again.url}/readyz`)).status).toBe(200);
    expect(await again.stop()).toBe(0);
  });
});
