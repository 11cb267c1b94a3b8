import { afterEach, beforeEach, expect, test } from "vitest";
import { PASSWORD, type TestHttp, testHttp } from "../testing/test-http.ts";

let http: TestHttp;
beforeEach(async () => {
  http = await testHttp();
  await http.person("lan");
});
afterEach(() => http.close());

const logIn = (payload: unknown, headers: Record<string, string> = {}) =>
  http.app.inject({
    method: "POST",
    url: "/api/v1/sessions",
    headers: { "content-type": "application/json", ...headers },
    payload: typeof payload === "string" ? payload : JSON.stringify(payload),
  });
const good = { username: "lan", password: PASSWORD };
const cookieOf = (answer: Awaited<ReturnType<typeof logIn>>) => String(answer.headers["set-cookie"] ?? "");

test("whoever brings no session is told that nobody is logged in; one that is not true is refused", async () => {
  const me = (headers = {}) => http.app.inject({ url: "/api/v1/me", headers });
  const nobody = await me();
  expect([nobody.statusCode, nobody.body, nobody.headers["cache-control"]]).toEqual([204, "", "no-store"]);
  for (const headers of [{ cookie: "tongdai_session=made-up" }, { authorization: "Bearer made-up" }])
    expect((await me(headers)).statusCode).toBe(401);
});

test("a browser gets a cookie that scripts cannot read, and no token", async () => {
  const answer = await logIn(good);
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({ user: { username: "lan" }, token: null });
  expect(cookieOf(answer)).toMatch(
    /^tongdai_session=[A-Za-z0-9_-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  const cookie = cookieOf(answer).split(";")[0] ?? "";
  const me = await http.app.inject({ url: "/api/v1/me", headers: { cookie } });
  expect(me.json()).toMatchObject({ username: "lan" });
  expect(me.headers["cache-control"]).toBe("no-store");
});

test("behind a proxy that speaks HTTPS the cookie is for HTTPS only; a header from anybody changes nothing", async () => {
  expect(cookieOf(await logIn(good, { "x-forwarded-proto": "https" }))).not.toContain("Secure");
  await http.close();
  http = await testHttp({ config: { trustProxy: true } });
  await http.person("lan");
  expect(cookieOf(await logIn(good, { "x-forwarded-proto": "https" }))).toContain("Secure");
});

test("the desktop gets a token and no cookie", async () => {
  const answer = await logIn({ ...good, carry: "token" }, { origin: "app://tongdai" });
  expect(answer.headers["access-control-allow-origin"]).toBe("app://tongdai");
  expect(answer.headers["access-control-allow-credentials"]).toBeUndefined();
  expect(cookieOf(answer)).toBe("");
  const { token } = answer.json<{ token: string }>();
  const me = await http.app.inject({ url: "/api/v1/me", headers: { authorization: `Bearer ${token}` } });
  expect(me.statusCode).toBe(200);
});

test("logging out ends the session and takes the cookie back", async () => {
  const cookie = cookieOf(await logIn(good)).split(";")[0] ?? "";
  const headers = { cookie, origin: "http://localhost", host: "localhost" };
  const out = await http.app.inject({ method: "DELETE", url: "/api/v1/sessions/current", headers });
  expect(out.statusCode).toBe(204);
  expect(cookieOf(out)).toMatch(/^tongdai_session=; .*Expires=Thu, 01 Jan 1970/);
  expect((await http.app.inject({ url: "/api/v1/me", headers })).statusCode).toBe(401);
});

test("a page of another site changes nothing with the cookie, nor does one that hides where it comes from", async () => {
  const cookie = cookieOf(await logIn(good)).split(";")[0] ?? "";
  const out = (headers: Record<string, string>) =>
    http.app.inject({
      method: "DELETE",
      url: "/api/v1/sessions/current",
      headers: { host: "localhost", ...headers },
    });
  for (const headers of [
    { cookie, origin: "https://evil.example" },
    { cookie, origin: "null" },
    { cookie },
  ]) {
    const answer = await out(headers);
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ error: { code: "forbidden" } });
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
  }
  expect((await logIn(good, { origin: "https://evil.example" })).statusCode).toBe(403);
  expect((await http.app.inject({ url: "/api/v1/me", headers: { cookie } })).statusCode).toBe(200);
});

test("a preflight is granted to the desktop and to configured origins only", async () => {
  await http.close();
  http = await testHttp({ config: { origins: ["https://agents.example"] } });
  const ask = async (origin: string) => {
    const headers = {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization",
    };
    const answer = await http.app.inject({ method: "OPTIONS", url: "/api/v1/sessions", headers });
    return answer.headers["access-control-allow-origin"];
  };
  expect(await ask("app://tongdai")).toBe("app://tongdai");
  expect(await ask("https://agents.example")).toBe("https://agents.example");
  expect(await ask("https://evil.example")).toBeUndefined();
});

test.each([
  ["not JSON", "{", "invalid_input", 400],
  ["no password", { username: "lan" }, "invalid_input", 400],
  ["an object for a name", { username: { $ne: "" }, password: "x" }, "invalid_input", 400],
  ["one field too many", { ...good, admin: true }, "invalid_input", 400],
  ["a wrong password", { ...good, password: "wrong wrong" }, "bad_credentials", 401],
  ["more than a megabyte", JSON.stringify({ ...good, password: "x".repeat(1024 * 1024) }), "too_large", 413],
])("%s is refused with a code and does not repeat what was sent", async (_name, payload, code, status) => {
  const answer = await logIn(payload);
  expect(answer.statusCode).toBe(status);
  expect(answer.json()).toMatchObject({ error: { code } });
  expect(answer.body).not.toContain("wrong wrong");
});

test("an odd content type is refused with a code", async () => {
  const answer = await logIn("username=lan", { "content-type": "application/x-www-form-urlencoded" });
  expect([answer.statusCode, answer.json().error.code]).toEqual([415, "unsupported_media"]);
});

test("too many failures say when to come back", async () => {
  for (let i = 0; i < 5; i++) await logIn({ ...good, password: "wrong wrong" });
  const answer = await logIn(good);
  expect([answer.statusCode, answer.json().error.code]).toEqual([429, "rate_limited"]);
  expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
});

test.each(["Bearer", "Bearer x", "Basic bGFuOng=", `Bearer ${"x".repeat(300)}`, "Bearer ' or 1=1"])(
  "authorization %j is nobody's",
  async (authorization) => {
    const answer = await http.app.inject({ url: "/api/v1/me", headers: { authorization } });
    expect([answer.statusCode, answer.json().error.code]).toEqual([401, "unauthenticated"]);
  },
);
