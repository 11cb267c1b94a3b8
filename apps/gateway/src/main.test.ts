import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readConfig } from "./config.ts";

let home: string;
let dataDir: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "tongdai-main-"));
  dataDir = join(home, "data");
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const admin = { TONGDAI_ADMIN_USERNAME: "boss", TONGDAI_ADMIN_PASSWORD: "mat khau dai" };

test.each([
  [
    { ...admin, TONGDAI_ADMIN_USERNAME: "" },
    "Set TONGDAI_ADMIN_USERNAME and TONGDAI_ADMIN_PASSWORD together",
  ],
  [{ ...admin, TONGDAI_ADMIN_USERNAME: "Bà Chủ" }, "TONGDAI_ADMIN_USERNAME: "],
  [{ ...admin, TONGDAI_ADMIN_PASSWORD: "x".repeat(201) }, "TONGDAI_ADMIN_PASSWORD: "],
  [{ TONGDAI_DEMO: "1" }, "TONGDAI_DEMO=1 needs TONGDAI_SIMULATORS"],
  [{ TONGDAI_PORT: "four" }, "TONGDAI_PORT: "],
  [{ TONGDAI_PORT: "99999" }, "TONGDAI_PORT: "],
  [{ TONGDAI_LOG_LEVEL: "loud" }, "TONGDAI_LOG_LEVEL: "],
  [{ TONGDAI_TRUST_PROXY: "yes" }, "TONGDAI_TRUST_PROXY: "],
  [{ TONGDAI_METRICS_TOKEN: "short" }, "TONGDAI_METRICS_TOKEN: "],
  [{ TONGDAI_FETCH_ALLOW: "http://10.0.0.1" }, "TONGDAI_FETCH_ALLOW.0: "],
  [{ TONGDAI_FETCH_ALLOW: "cdn.example:99999" }, "TONGDAI_FETCH_ALLOW.0: "],
  [{ TONGDAI_SIMULATORS: "facebook=ftp://127.0.0.1" }, "TONGDAI_SIMULATORS.facebook: "],
  [{ TONGDAI_DATABASE_URL: "mysql://here/tongdai" }, "TONGDAI_DATABASE_URL: "],
  [{ TONGDAI_PUBLIC_URL: "https://" }, "TONGDAI_PUBLIC_URL: "],
  [{ TONGDAI_PUBLIC_URL: "javascript:alert(1)" }, "TONGDAI_PUBLIC_URL: "],
  [{ TONGDAI_PUBLIC_URL: "http://desk.example.com" }, "TONGDAI_PUBLIC_URL: "],
  [{ TONGDAI_PUBLIC_URL: "https://boss:secret@desk.example/?a#b" }, "TONGDAI_PUBLIC_URL: "],
  [{ TONGDAI_ORIGINS: "*" }, "TONGDAI_ORIGINS.0: "],
  [{ TONGDAI_ORIGINS: "https://a.example,b.example" }, "TONGDAI_ORIGINS.1: "],
])("%j is refused by its name", (env, sentence) => {
  expect(() => readConfig(env)).toThrow(sentence);
});

test("a variable of spaces is one that is not set", () => {
  expect(readConfig({ TONGDAI_PORT: " ", TONGDAI_PUBLIC_URL: "" })).toEqual(readConfig({}));
});

/** The real program, as an operator starts it. */
function start(args: string[] = [], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts"), ...args], {
    cwd: home,
    env: { PATH: process.env["PATH"], TONGDAI_DATA_DIR: dataDir, TONGDAI_PORT: "0", ...env },
    stdio: "pipe",
  });
  let out = "";
  let err = "";
  const line = Promise.withResolvers<string>();
  child.stdout.on("data", (d: Buffer) => {
    out += String(d);
    const url = /^tongdai listening (http:\S+)\n/m.exec(out)?.[1];
    if (url) line.resolve(url);
  });
  child.stderr.on("data", (d: Buffer) => {
    err += String(d);
  });
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.once("close", (code) => {
      line.reject(new Error(`it ended with ${code}: ${err}`));
      resolve({ code, out, err });
    });
  });
  line.promise.catch(() => {});
  return { child, url: line.promise, ended };
}
const logIn = (url: string, username: string, password: string) =>
  fetch(`${url}/api/v1/sessions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password, carry: "token" }),
  });

test.each(["SIGTERM", "SIGINT"] as const)(
  "starts in an empty folder, serves, and ends cleanly on %s",
  async (signal) => {
    const gateway = start();
    const url = await gateway.url;
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    gateway.child.kill(signal);
    const { code, err } = await gateway.ended;
    expect(code).toBe(0);
    expect(err).toContain("npm run admin -- create-user");
    expect(readdirSync(dataDir).toSorted()).toEqual(["media", "secret.key", "tongdai.db"]);
    expect((statSync(dataDir).mode & 0o777).toString(8)).toBe("700");
  },
  30_000,
);

test("an administrator made at the console can log in; there is no other way in", async () => {
  const admin = start(["admin", "create-user", "--username", "quantri", "--role", "admin"]);
  admin.child.stdin.end("mat khau dai\n");
  expect(await admin.ended).toMatchObject({
    code: 0,
    out: expect.stringContaining("quantri can log in now") as string,
  });
  const gateway = start();
  const url = await gateway.url;
  expect((await logIn(url, "quantri", "mat khau dai")).status).toBe(200);
  expect((await logIn(url, "admin", "admin")).status).toBe(401);
  gateway.child.kill("SIGTERM");
  const { err } = await gateway.ended;
  expect(err).not.toContain("nobody can log in");
  expect(err).not.toContain("mat khau dai");
}, 30_000);

test("the configuration is taken out of a running gateway and brought in again, by an administrator only", async () => {
  const gateway = start([], { TONGDAI_ADMIN_USERNAME: "boss", TONGDAI_ADMIN_PASSWORD: "mat khau dai" });
  const url = await gateway.url;
  const run = (args: string[], password = "mat khau dai") => {
    const command = start([...args, "--username", "boss", "--url", url]);
    command.child.stdin.end(`${password}\n`);
    return command.ended;
  };
  const path = join(home, "config.json");
  expect(await run(["config-export", "--out", path])).toMatchObject({ code: 0, err: "" });
  const file = JSON.parse(readFileSync(path, "utf8")) as { content: Record<string, unknown[]> };
  file.content["skills"] = [{ name: "Hoá đơn" }];
  writeFileSync(path, JSON.stringify(file));
  const trial = await run(["config-import", path]);
  expect(trial).toMatchObject({ code: 0, out: expect.stringContaining("Nothing is changed yet") as string });
  expect(trial.out).toContain("created  skills: Hoá đơn");
  expect((await run(["config-import", path, "--apply"])).out).toContain("Done.");
  expect((await run(["config-import", path])).out).toContain("0 to write");

  const { code, err } = await run(["config-export"], "sai mat khau");
  expect([code, err]).toEqual([1, expect.stringMatching(/\S/)]);
  expect(await run(["config-import", "/nowhere.json"])).toMatchObject({ code: 64 });
  expect((await start(["config-import"]).ended).err).toContain("Say which file to bring in.");
  gateway.child.kill("SIGTERM");
  await gateway.ended;
  expect((await run(["config-export"])).err).toContain(`Nothing answers at ${url}`);
}, 60_000);

test("the environment's administrator is made once", async () => {
  const env = { TONGDAI_ADMIN_USERNAME: "boss", TONGDAI_ADMIN_PASSWORD: "mat khau dai" };
  for (const password of ["mat khau dai", "mat khau khac"]) {
    const gateway = start([], { ...env, TONGDAI_ADMIN_PASSWORD: password });
    expect((await logIn(await gateway.url, "boss", "mat khau dai")).status).toBe(200);
    gateway.child.kill("SIGTERM");
    expect((await gateway.ended).code).toBe(0);
  }
}, 30_000);

test.each([
  [{ TONGDAI_ADMIN_USERNAME: "boss" }, [], "Set TONGDAI_ADMIN_USERNAME and TONGDAI_ADMIN_PASSWORD together"],
  [{ TONGDAI_DATA_DIR: "/etc/passwd" }, [], "TONGDAI_DATA_DIR: /etc/passwd"],
  [{ TONGDAI_DATABASE_URL: "/nowhere/at/all/tongdai.db" }, [], "TONGDAI_DATABASE_URL: "],
  [{ TONGDAI_DATABASE_URL: "postgres://127.0.0.1:1/tongdai" }, [], "TONGDAI_DATABASE_URL: "],
  [{ TONGDAI_HOST: "not a host" }, [], "TONGDAI_HOST and TONGDAI_PORT: "],
  [{ TONGDAI_WEB_ROOT: "/nowhere" }, [], "TONGDAI_WEB_ROOT (/nowhere)"],
  [{ TONGDAI_SECRET_KEY: "short" }, [], "TONGDAI_SECRET_KEY must hold 32 bytes"],
  [{}, ["dance"], 'There is no command "dance"'],
] as const)(
  "what is wrong in %j %j is said in a sentence",
  async (env, args, sentence) => {
    const { code, err } = await start([...args], env).ended;
    expect(code).toBe(78);
    expect(err).toContain(sentence);
  },
  30_000,
);
