import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { t } from "../i18n/index.ts";
import {
  Countdown,
  countdownLevel,
  countdownText,
  Elapsed,
  lengthText,
  RelativeTime,
  Ring,
  relativeText,
} from "./time.tsx";

const now = Date.UTC(2026, 10, 21, 7, 0, 0);
const minute = 60_000;
const hour = 60 * minute;

describe("words", () => {
  test.each([
    [0, "vừa xong"],
    [-44_000, "vừa xong"],
    [-5 * minute, "5 phút trước"],
    [-59.6 * minute, "60 phút trước"],
    [-3 * hour, "3 giờ trước"],
    [-50 * hour, "2 ngày trước"],
    [2 * hour, "2 giờ nữa"],
  ])("%d ms away is %s", (away, words) => expect(relativeText(now + away, now, t)).toBe(words));

  test.each([
    [30_000, "30 giây"],
    [45 * minute, "45 phút"],
    [95 * minute, "1 giờ 35 phút"],
    [21 * hour, "21 giờ"],
    [72 * hour, "3 ngày"],
  ])("%d ms last %s", (ms, words) => expect(lengthText(ms, t)).toBe(words));
});

test("a window warns under two hours and alarms under a quarter", () => {
  expect([2 * hour, 2 * hour - 1, 15 * minute, 15 * minute - 1, 0].map(countdownLevel)).toEqual([
    "calm",
    "soon",
    "soon",
    "last",
    "over",
  ]);
  expect(countdownText(9 * minute, t)).toBe("sắp hết, còn 09:00");
  expect(countdownText(0, t)).toBe("đã hết");
});

describe("ticking", () => {
  beforeEach(() => vi.useFakeTimers({ now }));
  afterEach(() => vi.useRealTimers());

  test("all of them follow one timer", () => {
    render(
      <>
        <Elapsed since={now - 134_000} lateAfter={140_000} />
        <Countdown until={now + 10 * minute} />
        <RelativeTime at={now - 44_000} />
        <Ring startsAt={now} endsAt={now + 20_000} />
      </>,
    );
    expect(vi.getTimerCount()).toBe(1);
    expect(screen.getByText("02:14")).toHaveAttribute("data-level", "calm");
    act(() => void vi.advanceTimersByTime(6000));
    expect(vi.getTimerCount()).toBe(1);
    expect(screen.getByText("02:20")).toHaveAttribute("data-level", "late");
    expect(screen.getByText("sắp hết, còn 09:54")).toBeInTheDocument();
    expect(screen.getByText("1 phút trước")).toHaveAttribute("title", "21/11/2026 13:59:16");
    expect(screen.getByRole("timer")).toHaveAccessibleName("còn 14 giây");
  });
});
