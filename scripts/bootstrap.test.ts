import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

/** An npm that unpacks nothing: it notes the call and writes the record that npm ci leaves in node_modules. */
const fakeNpm = `
import { appendFileSync, copyFileSync, mkdirSync, rmSync } from "node:fs";
appendFileSync("calls.txt", process.argv.slice(2).join(" ") + "\\n");
if (process.env.FAKE_NPM_FAILS) {
  console.error("npm error ENOTFOUND");
  process.exit(1);
}
rmSync("node_modules", { recursive: true, force: true });
mkdirSync("node_modules");
copyFileSync("package-lock.json", "node_modules/.package-lock.json");
`;

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "tongdai-bootstrap-"));
  mkdirSync(join(dir, "scripts"));
  cpSync(join(import.meta.dirname, "bootstrap.mjs"), join(dir, "scripts/bootstrap.mjs"));
  writeFileSync(join(dir, "scripts/hello.ts"), 'console.log("hello", process.argv.slice(2).join(" "));');
  writeFileSync(join(dir, "npm-cli.js"), fakeNpm);
  writeFileSync(join(dir, "package.json"), '{ "type": "module" }');
  lock("1.0.0");
});
afterEach(() => rmSync(dir, { recursive: true }));

function lock(version: string): void {
  const packages = {
    "": {},
    "node_modules/zod": { version },
    "packages/shared": { version: "0.1.0" },
    "node_modules/@tongdai/shared": { link: true },
  };
  writeFileSync(join(dir, "package-lock.json"), JSON.stringify({ packages }));
}

function bootstrap(args: string[], env: Record<string, string> = {}) {
  const result = spawnSync(process.execPath, [join(dir, "scripts/bootstrap.mjs"), ...args], {
    env: { PATH: process.env["PATH"] ?? "", npm_execpath: join(dir, "npm-cli.js"), ...env },
    encoding: "utf8",
  });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

function installs(): string[] {
  const file = join(dir, "calls.txt");
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
}

test("installs in a fresh clone, once, and hands the arguments over", () => {
  expect(bootstrap(["hello", "--port", "4100"])).toMatchObject({
    code: 0,
    out: expect.stringContaining("hello --port 4100") as string,
  });
  expect(bootstrap(["hello"])).toEqual({ code: 0, out: "hello \n", err: "" });
  expect(installs()).toEqual([expect.stringMatching(/^ci --ignore-scripts/)]);
});

test("installs again when the lock changed or node_modules is gone", () => {
  bootstrap(["hello"]);
  lock("1.0.1");
  bootstrap(["hello"]);
  rmSync(join(dir, "node_modules"), { recursive: true });
  bootstrap(["hello"]);
  expect(installs()).toHaveLength(3);
});

test("believes an npm ci that somebody typed themselves", () => {
  mkdirSync(join(dir, "node_modules"));
  cpSync(join(dir, "package-lock.json"), join(dir, "node_modules/.package-lock.json"));
  expect(bootstrap(["hello"]).code).toBe(0);
  expect(installs()).toEqual([]);
});

test("a failed install is one sentence after npm's own words, and is tried again", () => {
  const { code, err } = bootstrap(["hello"], { FAKE_NPM_FAILS: "1" });
  expect({ code, err }).toMatchObject({
    code: 1,
    err: expect.stringMatching(/ENOTFOUND\nThe packages could not be installed/) as string,
  });
  expect(bootstrap(["hello"]).code).toBe(0);
});

test("the exit code of the script is its own", () => {
  writeFileSync(join(dir, "scripts/seven.ts"), "process.exitCode = 7;");
  expect(bootstrap(["seven"]).code).toBe(7);
});

test("installs again when npm passed over the Node that the lock brings", () => {
  const os = process.platform === "win32" ? "win" : process.platform;
  const packages = { [`node_modules/node-${os}-${process.arch}`]: { version: "24.21.0", optional: true } };
  writeFileSync(join(dir, "package-lock.json"), JSON.stringify({ packages }));
  mkdirSync(join(dir, "node_modules"));
  writeFileSync(join(dir, "node_modules/.package-lock.json"), JSON.stringify({ packages: {} }));
  bootstrap(["hello"]);
  expect(installs()).toHaveLength(1);
});

test("an unknown script is refused before anything is installed", () => {
  expect(bootstrap(["helo"])).toMatchObject({
    code: 1,
    err: expect.stringContaining('no script "helo"') as string,
  });
  expect(installs()).toEqual([]);
});
