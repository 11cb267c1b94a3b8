import { sep } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { safeFileName } from "./file-name.ts";
import { contentTypeOf, rendererFile } from "./renderer-file.ts";

const root = `${sep}opt${sep}renderer`;
const inside = (...names: string[]): string => [root, ...names].join(sep);

test.each([
  ["app://tongdai/", inside("index.html")],
  ["app://tongdai", inside("index.html")],
  ["app://tongdai/index.html?x#y", inside("index.html")],
  ["app://tongdai/assets/a-1.js", inside("assets", "a-1.js")],
  ["app://tongdai/sounds/chu%C3%B4ng.mp3", inside("sounds", "chuông.mp3")],
])("serves %s", (url, path) => expect(rendererFile(root, url)).toBe(path));

test.each([
  "app://tongdai/%2e%2e%2fsecret.txt",
  "app://tongdai/..%2fsecret.txt",
  "app://tongdai/..%5csecret.txt",
  "app://tongdai/a/%2e%2e%2f%2e%2e%2fsecret.txt",
  "app://tongdai/..\\secret.txt",
  "app://tongdai/C:%2fWindows%2fwin.ini",
  "app://tongdai/c:/x",
  "app://tongdai//etc/passwd",
  "app://tongdai/a%00.js",
  "app://tongdai/%E0%A4%A",
  "app://tongdai/.env",
  "app://tongdai/assets/",
  "app://evil/index.html",
  "app://tongdai:1/index.html",
  "https://tongdai/index.html",
  "file:///etc/passwd",
])("refuses %s", (url) => expect(rendererFile(root, url)).toBeUndefined());

test("plain dots are resolved by the address itself and stay inside", () => {
  expect(rendererFile(root, "app://tongdai/../../etc/passwd")).toBe(inside("etc", "passwd"));
});

test("no address leads outside", () => {
  const piece = fc.constantFrom("..", ".", "%2e", "%2f", "%5c", "/", "\\", "a", "%00", ":", "%252e", "...");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const path = rendererFile(root, `app://tongdai/${pieces.join("")}`);
      const names = (path ?? inside("index.html")).split(sep);
      expect([names.slice(0, 3).join(sep), names.includes("..")]).toEqual([root, false]);
    }),
    { numRuns: 1000 },
  );
});

test("content types", () => {
  expect(contentTypeOf("/a/index.html")).toBe("text/html; charset=utf-8");
  expect(contentTypeOf("/a/x.JS")).toBe("text/javascript; charset=utf-8");
  expect(contentTypeOf("/a/x.woff2")).toBe("font/woff2");
  expect(contentTypeOf("/a/x")).toBe("application/octet-stream");
});

test.each([
  ["Hóa đơn tháng 11.pdf", "Hóa đơn tháng 11.pdf"],
  ["../../.bashrc", "_.._.bashrc"],
  ["C:\\a\\b.exe", "C__a_b.exe"],
  ["photo\u202egpj.exe", "photo_gpj.exe"],
  ["a\nb\0c", "a_b_c"],
  ["CON.txt", "_CON.txt"],
  ["...", "download"],
  [`${"x".repeat(300)}.pdf`, `${"x".repeat(100)}${"x".repeat(16)}.pdf`],
])("suggests a harmless name for %j", (name, safe) => expect(safeFileName(name)).toBe(safe));
