import { expect, test } from "vitest";
import { contentSecurityPolicy } from "./content-security-policy.ts";
import { devOrigin } from "./dev-origin.ts";
import { parseGatewayUrl } from "./gateway-url.ts";

test.each([
  ["https://cc.example.vn", "https://cc.example.vn"],
  [" cc.example.vn/ ", "https://cc.example.vn"],
  ["https://cc.example.vn:8443/", "https://cc.example.vn:8443"],
  ["http://127.0.0.1:4000", "http://127.0.0.1:4000"],
  ["http://localhost:4000/", "http://localhost:4000"],
])("is a gateway: %s", (text, origin) => expect(parseGatewayUrl(text)).toBe(origin));

test.each([
  "http://cc.example.vn",
  "http://192.168.1.10:4000",
  "http://localhost.evil.test",
  "https://user:pw@cc.example.vn",
  "https://cc.example.vn/path",
  "https://cc.example.vn/?a=b",
  "https://[::1]:4000",
  "javascript:alert(1)",
  "ftp://cc.example.vn",
  "https://a;script-src *",
  "",
])("is none: %s", (text) => expect(parseGatewayUrl(text)).toBeUndefined());

const directives = (origin: string): Map<string, string[]> =>
  new Map(
    contentSecurityPolicy(origin)
      .split("; ")
      .map((line) => line.split(" "))
      .map(([name = "", ...sources]) => [name, sources]),
  );

test("the page may talk to its gateway and nobody else", () => {
  const csp = directives("https://cc.example.vn");
  expect(csp.get("connect-src")).toEqual([
    "'self'",
    "blob:",
    "https://cc.example.vn",
    "wss://cc.example.vn",
    "wss://cc.example.vn:*",
  ]);
  expect(csp.get("default-src")).toEqual(["'none'"]);
});

test("scripts come from the package only", () => {
  const csp = directives("http://127.0.0.1:4000");
  expect(csp.get("script-src")).toEqual(["'self'"]);
  for (const name of ["object-src", "base-uri", "form-action", "frame-src", "frame-ancestors"])
    expect([name, csp.get(name)]).toEqual([name, ["'none'"]]);
  expect([...csp.values()].flat()).not.toContain("'unsafe-eval'");
  expect([...csp.values()].flat()).not.toContain("*");
  expect([...csp.values()].flat()).not.toContain("https:");
});

test("a packaged program takes no page from a variable", () => {
  expect(devOrigin("http://localhost:5173", false)).toBe("http://localhost:5173");
  expect(devOrigin("http://localhost:5173", true)).toBeUndefined();
  expect(devOrigin("https://evil.test", false)).toBeUndefined();
  expect(devOrigin(undefined, false)).toBeUndefined();
});
