import fc from "fast-check";
import { expect, test } from "vitest";
import { parseExternalUrl } from "./external-url.ts";

test.each([
  ["https://example.vn/a?b=c#d", "https://example.vn/a?b=c#d"],
  ["HTTPS://EXAMPLE.VN", "https://example.vn/"],
  ["mailto:lan@example.vn", "mailto:lan@example.vn"],
  ["mailto:lan@example.vn?subject=Xin%20ch%C3%A0o", "mailto:lan@example.vn?subject=Xin%20ch%C3%A0o"],
])("is opened: %s", (text, url) => expect(parseExternalUrl(text)).toBe(url));

test.each([
  "http://example.vn/",
  "https://user:pw@example.vn/",
  "javascript:alert(1)",
  "file:///C:/Windows/System32/calc.exe",
  "\\\\evil.test\\share\\a.exe",
  "smb://evil.test/share",
  "ms-msdt:/id PCWDiagnostic",
  "search-ms:query=a",
  "vscode://x",
  "tongdai://conversation/1",
  "tel:0901234567",
  "data:text/html,x",
  "mailto:",
  "mailto:lan@example.vn,minh@example.vn/../x",
  "mailto:--help@x y",
  "C:\\Windows\\System32\\calc.exe",
  "/usr/bin/xterm",
  "--version",
  "",
  `https://example.vn/${"a".repeat(3000)}`,
])("is refused: %s", (text) => expect(parseExternalUrl(text)).toBeUndefined());

test("a mail takes no file along", () => {
  expect(parseExternalUrl("mailto:a@b.vn?attach=/etc/passwd&attachment=x&subject=Hi")).toBe(
    "mailto:a@b.vn?subject=Hi",
  );
  expect(parseExternalUrl("mailto:a@b.vn?subject=a%26attach%3D%2Fetc%2Fpasswd")).not.toContain("&attach=");
});

test("whatever comes, it is https, mailto or nothing, and it does not throw", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.webUrl({ validSchemes: ["https", "ftp"] })), (text) => {
      const url = parseExternalUrl(text);
      expect(url ?? "https://").toMatch(/^(https:\/\/|mailto:[^\s@]+@)/);
    }),
  );
});
