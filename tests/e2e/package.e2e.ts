import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const desktop = join(import.meta.dirname, "../../apps/desktop");
const require = createRequire(join(desktop, "package.json"));
const linux = process.platform === "linux";

let work = "";
let unpacked = "";

beforeAll(async () => {
  for (const path of ["main/index.js", "preload/index.cjs", "renderer/index.html"])
    if (!existsSync(join(desktop, "dist", path)))
      throw new Error(`apps/desktop/dist/${path} is missing: npm run build first`);
  work = await mkdtemp(join(tmpdir(), "tongdai-package-"));
  if (!linux) return;
  await pack(await fakeElectron(join(work, "electron")), join(work, "out"));
  unpacked = join(work, "out/linux-unpacked");
});
afterAll(() => rm(work, { recursive: true, force: true }));

test.runIf(linux)(
  "the package holds main, preload, renderer and package.json, and nothing else",
  async () => {
    const files = asarFiles(await readFile(join(unpacked, "resources/app.asar")));
    const strange = files.filter((file) => !/^(package\.json|dist\/(main|preload|renderer)\/.+)$/.test(file));
    expect(strange).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining([
        "package.json",
        "dist/main/index.js",
        "dist/preload/index.cjs",
        "dist/renderer/index.html",
      ]),
    );
    expect(files.filter((file) => /\.(ts|tsx|env|map|test\.js)$/.test(file))).toEqual([]);
    // The tray's two pictures are taken along by main's build.
    expect(files.filter((file) => /^dist\/main\/.*tray.*\.png$/.test(file))).toHaveLength(2);
  },
);

test.runIf(linux)("main and preload need nothing but Electron and Node", async () => {
  const main = await readFile(join(desktop, "dist/main/index.js"), "utf8");
  const imported = [...main.matchAll(/(?:from|import)\s*"([^"]+)"/g)].map((match) => match[1]);
  expect(imported.length).toBeGreaterThan(0);
  expect(imported.filter((name) => !/^(electron|node:.+|path|fs|url|module)$/.test(name ?? ""))).toEqual([]);
  const preload = await readFile(join(desktop, "dist/preload/index.cjs"), "utf8");
  const required = [...preload.matchAll(/require\(["'`]([^"'`]+)["'`]\)/g)].map((match) => match[1]);
  expect(required).toEqual(["electron"]);
});

test.runIf(linux)("the executable's fuses are set", async () => {
  const executable = await readFile(join(unpacked, "tongdai"));
  expect(fuses(executable)).toEqual({
    runAsNode: "0",
    cookieEncryption: "1",
    nodeOptions: "0",
    nodeCliInspect: "0",
    asarIntegrity: "1",
    onlyLoadAppFromAsar: "1",
    browserV8Snapshot: "0",
    fileProtocolPrivileges: "0",
    wasmTrapHandlers: "1",
  });
});

test("what is packaged is the Electron that the shell is typed and tested against", async () => {
  const config = await readFile(join(desktop, "electron-builder.yml"), "utf8");
  const { devDependencies } = JSON.parse(await readFile(join(desktop, "package.json"), "utf8")) as {
    devDependencies: Record<string, string>;
  };
  expect(/^electronVersion: (\S+)$/m.exec(config)?.[1]).toBe(devDependencies["electron"]);
});

const SENTINEL = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
const fuseNames = [
  "runAsNode",
  "cookieEncryption",
  "nodeOptions",
  "nodeCliInspect",
  "asarIntegrity",
  "onlyLoadAppFromAsar",
  "browserV8Snapshot",
  "fileProtocolPrivileges",
  "wasmTrapHandlers",
];
/** As Electron ships them: the dangerous ones on. */
const shipped = "101100011";

function fuses(executable: Buffer): Record<string, string> {
  const wire = executable.indexOf(SENTINEL) + SENTINEL.length + 2;
  return Object.fromEntries(
    fuseNames.map((name, i) => [name, String.fromCharCode(executable[wire + i] ?? 0)]),
  );
}

/** What electron-builder expects of an Electron distribution, without the hundred megabytes. */
async function fakeElectron(dir: string): Promise<string> {
  await mkdir(join(dir, "locales"), { recursive: true });
  await mkdir(join(dir, "resources"));
  const names = [
    "LICENSE",
    "LICENSES.chromium.html",
    "chrome-sandbox",
    "chrome_crashpad_handler",
    "locales/vi.pak",
  ];
  for (const name of names) await writeFile(join(dir, name), "");
  await writeFile(join(dir, "version"), "45.4.1");
  await writeFile(join(dir, "resources/default_app.asar"), emptyAsar());
  const wire = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, shipped.length]), Buffer.from(shipped)]);
  await writeFile(join(dir, "electron"), Buffer.concat([Buffer.from("#!/bin/sh\nexit 1\n"), wire]));
  await chmod(join(dir, "electron"), 0o755);
  return dir;
}

async function pack(electronDist: string, output: string): Promise<void> {
  const cli = join(dirname(require.resolve("electron-builder/package.json")), "cli.js");
  const args = ["--config", "electron-builder.yml", "--linux", "dir", "--publish", "never"];
  const where = [`-c.electronDist=${electronDist}`, `-c.directories.output=${output}`];
  await promisify(execFile)(process.execPath, [cli, ...args, ...where], { cwd: desktop });
}

/** An asar starts with four 32-bit numbers, the last being the length of the JSON directory that follows. */
function emptyAsar(): Buffer {
  const json = Buffer.from('{"files":{}}');
  const numbers = Uint32Array.of(4, 8 + json.length, 4 + json.length, json.length);
  return Buffer.concat([Buffer.from(numbers.buffer), json]);
}

interface AsarEntry {
  files?: Record<string, AsarEntry>;
}

function asarFiles(archive: Buffer): string[] {
  const json = archive.subarray(16, 16 + archive.readUInt32LE(12)).toString();
  return walk(JSON.parse(json) as AsarEntry, "");
}

function walk(entry: AsarEntry, path: string): string[] {
  if (!entry.files) return [path];
  return Object.entries(entry.files).flatMap(([name, child]) => walk(child, path ? `${path}/${name}` : name));
}
