import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { openGroup } from "./children.ts";

const logDir = mkdtempSync(join(tmpdir(), "tongdai-children-"));
afterAll(() => rmSync(logDir, { recursive: true }));

const node = (name: string, code: string) => ({ name, command: process.execPath, args: ["-e", code] });
const stays = 'console.log("up " + process.pid); setInterval(() => {}, 1000);';

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("a child that ends by itself is named, with its last words and its log", async () => {
  const group = openGroup({ logDir });
  group.start(node("gateway", 'console.error("no store"); process.exitCode = 3;'));
  await expect(group.death).rejects.toThrow(
    /The gateway ended by itself \(exit code 3\)[\s\S]*\| no store[\s\S]*gateway\.log/,
  );
  await group.stop();
});

test("a child that may end takes nobody along", async () => {
  const group = openGroup({ logDir });
  const other = group.start(node("gateway", stays));
  group.start({ ...node("desktop", ""), mayEnd: true });
  await other.says(/up/);
  const silence = new Promise((resolve) => setTimeout(() => resolve("silence"), 300));
  expect(await Promise.race([group.death, silence])).toBe("silence");
  await group.stop();
});

test("stop asks, then insists", async () => {
  const group = openGroup({ logDir, patienceMs: 300 });
  const deaf = group.start(node("deaf", `process.on("SIGTERM", () => {}); ${stays}`));
  const polite = group.start(node("polite", stays));
  const pids = (await Promise.all([deaf.says(/up (\d+)/), polite.says(/up (\d+)/)])).map((match) =>
    Number(match[1]),
  );
  await group.stop();
  expect(pids.map(alive)).toEqual([false, false]);
});

test("a program that does not exist is a sentence", async () => {
  const group = openGroup({ logDir });
  group.start({ name: "desktop", command: join(logDir, "nowhere"), args: [] });
  await expect(group.death).rejects.toThrow("The desktop could not be started");
  await group.stop();
});

test("children end when their launcher is killed outright", async () => {
  const code = `
    import { openGroup } from ${JSON.stringify(join(import.meta.dirname, "children.ts"))};
    const group = openGroup({ logDir: ${JSON.stringify(logDir)} });
    const child = group.start({ name: "orphan", command: process.execPath, args: ["-e", ${JSON.stringify(stays)}] });
    console.log((await child.says(/up (\\d+)/))[1]);`;
  const launcher = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [pid] = (await once(launcher.stdout, "data")) as [Buffer];
  launcher.kill("SIGKILL");
  await vi.waitUntil(() => !alive(Number(pid)), { timeout: 5000 });
});
