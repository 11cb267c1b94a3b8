import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { disguisedHost, neutralise, segments } from "./safe-text.ts";
import { SafeText } from "./safe-text-view.tsx";

const links = (text: string) => segments(text).flatMap((s) => (s.kind === "link" ? [s.href] : []));
const hidden = (text: string) => segments(text).flatMap((s) => (s.kind === "hidden" ? [s.code] : []));
const shown = (text: string) =>
  segments(text)
    .map((s) => (s.kind === "hidden" ? "" : s.text))
    .join("");

describe("links", () => {
  test.each([
    ["xem https://shop.vn/a?b=1#c.", ["https://shop.vn/a?b=1#c"]],
    ["(https://shop.vn/x_(y))", ["https://shop.vn/x_(y)"]],
    ["thư lan.nguyen@example.vn, nhé", ["mailto:lan.nguyen@example.vn"]],
    ["gọi 0901 234 567 hoặc +84901234567", ["tel:+84901234567", "tel:+84901234567"]],
    ["tel:1900-1234", ["tel:19001234"]],
    ["mailto:a@b.vn?bcc=x@y.vn&body=hi", ["mailto:a@b.vn"]],
  ])("%s", (text, hrefs) => expect(links(text)).toEqual(hrefs));

  test.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "http://shop.vn",
    "ms-msdt:/id",
    "vbscript:x",
    "https://shop.vn@evil.example/",
    "https://user:pass@evil.example/",
    "https://localhost/",
    "https://",
    "https://[::1",
    "mã đơn 20901234567890",
    "0901234567abc",
    "sip:lan@",
  ])("%s is plain text", (text) => expect(links(text)).toEqual([]));

  test("an address in another script says what it is", () => {
    expect(disguisedHost(links("https://vietcombаnk.com")[0] ?? "")).toMatch(/^xn--/);
    expect(disguisedHost("https://vietcombank.com/")).toBeNull();
  });
});

describe("hidden characters", () => {
  test.each([
    ["bidi override", "invoice\u202egpj.exe", "U+202E"],
    ["isolate", "a\u2066b", "U+2066"],
    ["zero width space", "pay\u200bpal", "U+200B"],
    ["zero width joiner between letters", "a\u200db", "U+200D"],
    ["byte order mark", "a\ufeffb", "U+FEFF"],
    ["hangul filler", "a\u3164b", "U+3164"],
    ["soft hyphen", "a\u00adb", "U+00AD"],
    ["tag letters", "a\u{e0041}b", "U+E0041"],
    ["escape", "a\u001b[31m", "U+001B"],
    ["lone surrogate", "a\ud800b", "U+D800"],
    ["line separator", "a\u2028b", "U+2028"],
  ])("%s is written out", (_name, text, code) => expect(hidden(text)).toContain(code));

  test("a link ends where a hidden character stands", () => {
    expect(links("https://good.vn/\u202emoc.live")).toEqual(["https://good.vn/"]);
  });

  test.each([
    "👨‍👩‍👧",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "👍🏽",
    "❤️‍🔥",
    "🇻🇳",
    "1️⃣",
    "dòng 1\ndòng 2\tcột",
    "Nguyễn Thị Đào",
    "Nguyễn".normalize("NFD"),
  ])("%s is left as it is", (text) => {
    expect(hidden(text)).toEqual([]);
    expect(shown(text)).toBe(text);
  });

  test("a pile of marks is cut", () => {
    expect(shown(`a${"\u0301".repeat(500)}b`)).toHaveLength(6);
  });

  test("file names are spelled out", () => {
    expect(neutralise("bill\u202efdp.exe")).toBe("bill[U+202E]fdp.exe");
  });
});

test("long and hostile texts stay quick", () => {
  const hostile = [
    "a@".repeat(50_000),
    "https://".repeat(12_000),
    "0".repeat(100_000),
    "\u200d".repeat(50_000),
    "👨‍".repeat(30_000),
    `a${".a".repeat(50_000)}@`,
  ];
  const slow = hostile.filter((text) => {
    const start = performance.now();
    segments(text);
    return performance.now() - start > 1500;
  });
  expect(slow).toEqual([]);
});

test("whatever comes, no visible character is lost and only three schemes open", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      const hrefs = segments(text).flatMap((segment) => (segment.kind === "link" ? [segment.href] : []));
      expect(hrefs.filter((href) => !/^(https:\/\/|mailto:|tel:)/.test(href))).toEqual([]);
      const visible = (value: string) => value.replaceAll(/[^\p{L}\p{N}\p{P}\p{S}]/gu, "");
      const lost = visible(text).length - visible(shown(text)).length;
      // Fillers are letters to Unicode and nothing to the eye.
      expect(lost).toBeLessThanOrEqual(hidden(text).length * 2);
    }),
  );
});

test("markup is shown, not run; a link goes through the callback only", async () => {
  const onLink = vi.fn();
  const { container } = render(
    <SafeText text={'<img src=x onerror="alert(1)"> <b>x</b> https://shop.vn/a'} onLink={onLink} />,
  );
  expect(container.querySelector("img, b, a")).toBeNull();
  expect(container).toHaveTextContent("<b>x</b>");
  const link = screen.getByRole("link", { name: "https://shop.vn/a" });
  await userEvent.click(link);
  link.focus();
  await userEvent.keyboard("{Enter}");
  expect(onLink).toHaveBeenCalledTimes(2);
  expect(onLink).toHaveBeenCalledWith({ href: "https://shop.vn/a", scheme: "https" });
});

test("without a callback nothing is a link", () => {
  render(<SafeText text="https://shop.vn" />);
  expect(screen.queryByRole("link")).toBeNull();
});
