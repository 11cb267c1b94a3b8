import { afterEach, describe, expect, test } from "vitest";
import {
  formatBytes,
  formatCount,
  formatDate,
  formatDateTime,
  formatDuration,
  formatMoney,
  formatNumber,
  formatPercent,
  formatShort,
  formatTime,
  setFormatDefaults,
} from "./format.ts";
import { formatPhone } from "./phone.ts";

const at = Date.UTC(2026, 10, 21, 17, 5, 9);

afterEach(() => setFormatDefaults({ timeZone: "Asia/Ho_Chi_Minh", language: "vi" }));

describe("dates", () => {
  test("are Vietnamese time unless said otherwise, and cross midnight there", () => {
    expect(formatDateTime(at)).toBe("22/11/2026 00:05");
    expect(formatDateTime(at, { timeZone: "UTC", seconds: true })).toBe("21/11/2026 17:05:09");
    setFormatDefaults({ timeZone: "America/New_York" });
    expect(formatDateTime(at)).toBe("21/11/2026 12:05");
  });
  test("midnight is 00, never 24", () => {
    expect(formatTime(Date.UTC(2026, 0, 1, 17, 0, 0))).toBe("00:00");
  });
  test("are as short as the distance allows", () => {
    expect(formatShort(at, at + 3600_000)).toBe("00:05");
    expect(formatShort(at, at + 30 * 3600_000)).toBe("22/11");
    expect(formatShort(at, at + 60 * 24 * 3600_000)).toBe("22/11/2026");
    expect(formatDate(0)).toBe("01/01/1970");
  });
});

test("durations count up and never below zero", () => {
  expect(formatDuration(134_999)).toBe("02:14");
  expect(formatDuration(3_909_000)).toBe("1:05:09");
  expect(formatDuration(-5)).toBe("00:00");
  expect(formatDuration(100 * 3600_000)).toBe("100:00:00");
});

test("numbers group as the language does", () => {
  expect(formatNumber(123456789012)).toBe("123.456.789.012");
  expect(formatNumber(1234.5, { digits: 1 })).toBe("1.234,5");
  expect(formatNumber(1234.5, { digits: 1, language: "en" })).toBe("1,234.5");
  expect(formatNumber(-999)).toBe("−999");
  expect(formatNumber(-0.2)).toBe("0");
  expect(formatNumber(Number.NaN)).toBe("–");
});

test("money is whole đồng with its sign", () => {
  expect(formatMoney(1250000)).toBe("1.250.000\u00a0₫");
  expect(formatMoney(1250000.6, { language: "en" })).toBe("1,250,001\u00a0₫");
});

test("sizes, shares and counts stay short", () => {
  expect(formatBytes(0)).toBe("0 B");
  expect(formatBytes(1500)).toBe("1,5 kB");
  expect(formatBytes(25_000_000)).toBe("25 MB");
  expect(formatPercent(0.456)).toBe("46%");
  expect(formatCount(7)).toBe("7");
  expect(formatCount(100)).toBe("99+");
});

describe("phone numbers", () => {
  test.each([
    ["+84901234567", "0901 234 567"],
    ["0901234567", "0901 234 567"],
    ["+842438251234", "024 3825 1234"],
    ["+842363822123", "0236 3822 123"],
    ["+8419001234", "1900 1234"],
    ["+841800123456", "1800 123 456"],
    ["+14155552671", "+1 415 555 2671"],
    ["+6591234567", "+65 9123 4567"],
    ["+85512345678", "+855 1234 5678"],
  ])("%s reads %s", (raw, read) => expect(formatPhone(raw)).toBe(read));
  test.each(["+8490****567", "113", "sip:lan@example.vn", "", "không rõ"])("%s is left alone", (raw) =>
    expect(formatPhone(raw)).toBe(raw),
  );
});
