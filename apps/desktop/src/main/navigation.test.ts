import fc from "fast-check";
import { expect, test } from "vitest";
import { mayNavigate } from "./navigation.ts";
import { APP_ORIGIN, blobOriginOf, originOf } from "./origin.ts";

const foreign = [
  "https://evil.test/",
  "http://localhost:5173.evil.test/",
  "app://evil/",
  "app://tongdai.evil.test/index.html",
  "app://tongdai@evil/",
  "app://user:pw@tongdai/",
  "app://tongdai:81/",
  "app:tongdai/index.html",
  "file:///etc/passwd",
  "file://tongdai/etc/passwd",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "blob:app://tongdai/0f3c",
  "about:blank",
  "view-source:app://tongdai/",
  "tongdai://conversation/1",
  "mailto:a@b.vn",
  "tel:0901234567",
  "ms-msdt:/id",
  "chrome://gpu",
  "devtools://devtools/bundled/inspector.html",
  "",
  "::::",
];

test.each(foreign)("the window stays where it is: %s", (url) => {
  expect(mayNavigate({ url, isMainFrame: true }, APP_ORIGIN)).toBe(false);
});

test("the window may reload its own page", () => {
  expect(mayNavigate({ url: "app://tongdai/", isMainFrame: true }, APP_ORIGIN)).toBe(true);
  expect(mayNavigate({ url: "app://tongdai/index.html#x", isMainFrame: true }, APP_ORIGIN)).toBe(true);
});

test("a frame shows written pages only, not even our own", () => {
  const frame = (url: string) => mayNavigate({ url, isMainFrame: false }, APP_ORIGIN);
  expect(frame("about:srcdoc")).toBe(true);
  for (const url of [...foreign.filter((url) => url !== "about:blank"), "app://tongdai/"])
    expect([url, frame(url)]).toEqual([url, false]);
});

test("in development the server's origin is ours, its blobs are not pages", () => {
  const dev = "http://localhost:5173";
  expect(mayNavigate({ url: `${dev}/x`, isMainFrame: true }, dev)).toBe(true);
  expect(mayNavigate({ url: `blob:${dev}/x`, isMainFrame: true }, dev)).toBe(false);
  expect(mayNavigate({ url: "http://localhost:5174/", isMainFrame: true }, dev)).toBe(false);
});

test("origins are those of the browser engine, not Node's", () => {
  expect(originOf("app://tongdai/a/b")).toBe("app://tongdai");
  expect(originOf("https://x.test:443/a")).toBe("https://x.test");
  expect(originOf("file:///a")).toBeUndefined();
  expect(originOf("blob:https://x.test/1")).toBeUndefined();
  expect(blobOriginOf("blob:app://tongdai/1")).toBe("app://tongdai");
});

test("no text throws or lands on our origin by accident", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.webUrl(),
        fc.string().map((s) => `javascript:${s}`),
      ),
      (url) => {
        expect(mayNavigate({ url, isMainFrame: true }, APP_ORIGIN)).toBe(false);
      },
    ),
  );
});
