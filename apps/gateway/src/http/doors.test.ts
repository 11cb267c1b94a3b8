import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { demo } from "../features/demo/index.ts";
import { type TestHttp, testHttp } from "../testing/test-http.ts";

let http: TestHttp;
let webRoot: string;
beforeEach(async () => {
  webRoot = mkdtempSync(join(tmpdir(), "tongdai-web-"));
  mkdirSync(join(webRoot, "assets"));
  mkdirSync(join(webRoot, "web-call"));
  writeFileSync(join(webRoot, "web-call", "widget.js"), "2");
  writeFileSync(join(webRoot, "index.html"), "<!doctype html>client");
  writeFileSync(join(webRoot, "assets", "app-1a2b.js"), "1");
  writeFileSync(join(webRoot, "..", "outside.txt"), "outside");
  http = await testHttp({ config: { webRoot } });
});
afterEach(async () => {
  await http.close();
  rmSync(webRoot, { recursive: true, force: true });
});

const page = { accept: "text/html,application/xhtml+xml" };
const get = (url: string, headers: Record<string, string> = {}) => http.app.inject({ url, headers });

test("the client's page is asked for anew, its hashed files never", async () => {
  const index = await get("/", page);
  expect([index.statusCode, index.headers["cache-control"]]).toEqual([200, "no-cache"]);
  const asset = await get("/assets/app-1a2b.js");
  expect(asset.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
});

test("the script of the call button may be loaded by other people's pages, and nothing else of ours", async () => {
  const shares = async (url: string) => {
    const { statusCode, headers } = await get(url);
    return [statusCode, headers["cross-origin-resource-policy"], headers["cache-control"]];
  };
  expect(await shares("/web-call/widget.js")).toEqual([200, "cross-origin", "no-cache"]);
  expect((await shares("/assets/app-1a2b.js")).slice(0, 2)).toEqual([200, "same-site"]);
  expect((await get("/web-call/nothing", page)).statusCode).toBe(404);
});

test("addresses of the client get its page; those of ours, and files that are gone, do not", async () => {
  expect((await get("/conversations/1", page)).body).toContain("client");
  for (const url of ["/api/v1/nothing", "/webhooks/x", "/metrics/x", "/api/v2/me"]) {
    const answer = await get(url, page);
    expect([url, answer.statusCode, answer.json().error.code]).toEqual([url, 404, "not_found"]);
  }
  expect((await get("/assets/gone.js")).statusCode).toBe(404);
  expect((await http.app.inject({ method: "POST", url: "/conversations/1", headers: page })).statusCode).toBe(
    404,
  );
});

test.each([
  "/../outside.txt",
  "/..%2foutside.txt",
  "/%2e%2e/outside.txt",
  "/assets/..%5c..%5coutside.txt",
  "/assets/%2e%2e/%2e%2e/outside.txt",
  "//outside.txt",
])("%s stays inside", async (url) => expect((await get(url)).body).not.toBe("outside"));

test("a folder without the client is refused at the start with a sentence", async () => {
  await expect(testHttp({ config: { webRoot: join(webRoot, "assets") } })).rejects.toThrow(
    "holds no index.html",
  );
});

test("every answer says what pages may do, and which request it was", async () => {
  for (const url of ["/", "/api/v1/me", "/healthz", "/nothing"]) {
    const { headers } = await get(url, page);
    const policy = String(headers["content-security-policy"]);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toMatch(/connect-src 'self' ws:\/\/localhost:80 wss:\/\/localhost:80(;|$)/);
    expect(policy).toContain("img-src 'self' blob: data:");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("upgrade-insecure-requests");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers["x-powered-by"]).toBeUndefined();
  }
});

test("the description of the interface fits its standard, and its page runs no inline script", async () => {
  const description = (await get("/api/openapi.json")).json();
  expect(description.openapi).toBe("3.1.0");
  const ours = expect.arrayContaining([
    "/api/v1/demo",
    "/api/v1/me",
    "/api/v1/media",
    "/api/v1/media/{id}",
    "/api/v1/media/{id}/thumbnail",
    "/api/v1/sessions",
    "/api/v1/sessions/current",
  ]) as unknown;
  expect(Object.keys(description.paths)).toEqual(ours);
  expect(
    description.paths["/api/v1/sessions"].post.requestBody.content["application/json"].schema.required,
  ).toEqual(["username", "password"]);
  const docs = await get("/api/docs/", page);
  expect(docs.statusCode).toBe(200);
  expect(docs.body).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
  for (const [, src] of docs.body.matchAll(/(?:src|href)="([^"]+)"/g)) {
    const asset = await get(new URL(src ?? "", "http://x/api/docs/").pathname);
    expect([src, asset.statusCode]).toEqual([src, 200]);
  }
});

test("only a demo tells its people's password", async () => {
  expect((await get("/api/v1/demo")).statusCode).toBe(404);
  await http.close();
  http = await testHttp({ config: { demo: true } });
  const { users, password } = (await get("/api/v1/demo")).json();
  expect(password).toBe(demo.password);
  expect(users[0]).toEqual({ username: "lan", name: "Nguyễn Thị Lan", roles: ["agent"] });
});

test("who asks too often is told when to come back, and others are not held up", async () => {
  const lan = await http.person("lan");
  let answer = await get("/api/v1/me", lan.headers);
  for (let i = 0; i < 1_200; i++) answer = await get("/api/v1/me", lan.headers);
  expect([answer.statusCode, answer.json().error.code]).toEqual([429, "rate_limited"]);
  expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
  expect((await get("/api/v1/me")).statusCode).toBe(204);
});

test("made-up tokens do not buy an address more requests", async () => {
  await http.close();
  http = await testHttp({ deps: { requestsPerAddress: 10 } });
  const ask = async (n: number) =>
    (await get("/api/v1/me", { authorization: `Bearer made-up-${n}` })).statusCode;
  for (let n = 0; n < 10; n++) expect(await ask(n)).toBe(401);
  expect(await ask(10)).toBe(429);
  const other = await http.app.inject({ url: "/api/v1/me", remoteAddress: "192.168.1.7" });
  expect(other.statusCode).toBe(204);
});

test("a method that nobody expects, and an address that is none, are refused with a code", async () => {
  const odd = {
    "/api/v1/%": "invalid_input",
    "/api/v1/media/%ff": "invalid_input",
    [`/api/v1/media/${"1".repeat(300)}`]: "not_found",
  };
  for (const [url, code] of Object.entries(odd))
    expect((await get(url)).json()).toMatchObject({ error: { code } });
  expect((await http.app.inject({ method: "PUT", url: "/api/v1/me" })).statusCode).toBe(404);
});

describe("a name that is not ours", () => {
  const config = {
    host: "desk",
    publicUrl: "https://desk.example.vn/x",
    origins: ["https://other.example.vn:8443"],
  };
  beforeEach(async () => {
    await http.close();
    http = await testHttp({ config: { ...config, webRoot } });
  });
  const status = async (url: string, host: string) => (await get(url, { host, ...page })).statusCode;

  test.each(["evil.example", "evil.example:4000", "localhost.evil.example", "127.0.0.1.evil.example", "@"])(
    "%j gets neither the client nor an answer, whatever its page says it is",
    async (host) => {
      for (const url of ["/", "/api/v1/me", "/api/docs/", "/assets/app-1a2b.js"])
        expect([url, await status(url, host)]).toEqual([url, 403]);
      const headers = { host, origin: `http://${host}` };
      const payload = { username: "lan", password: "mat khau dai" };
      const answer = await http.app.inject({ method: "POST", url: "/api/v1/sessions", headers, payload });
      expect(answer.json()).toMatchObject({ error: { code: "forbidden" } });
      expect(answer.headers["content-security-policy"]).toMatch(/connect-src 'self'(;|$)/);
    },
  );

  test.each([
    "localhost",
    "127.0.0.1:4000",
    "[::1]:4000",
    "192.168.1.7",
    "desk:4000",
    "DESK.example.vn",
    "other.example.vn",
  ])("%s is one", async (host) => {
    expect([await status("/", host), await status("/api/v1/me", host)]).toEqual([200, 204]);
  });

  test("vendors, and those who watch over us, may use any", async () => {
    for (const url of ["/healthz", "/readyz"]) expect([url, await status(url, "pod-7")]).toEqual([url, 200]);
    expect(await status("/webhooks/facebook/1", "pod-7")).toBe(404);
  });
});
