import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { WindowLine } from "./window-line.tsx";

const HOUR = 3_600_000;

async function line(chargedFrom: number | null) {
  const desk = await scripted({});
  const until = Date.now() + 100 * HOUR;
  show(desk, <WindowLine window={{ state: "open", until }} chargedFrom={chargedFrom} />);
}

test("tells how long an answer is free, and then that it is charged and how long one is possible", async () => {
  await line(Date.now() + 47 * HOUR + 60_000);
  expect(screen.getByText(/^Miễn phí, còn/)).toHaveAttribute("title", expect.stringContaining("mất phí"));
});

test("tells that an answer is charged, and how long one is possible", async () => {
  await line(Date.now() - HOUR);
  expect(screen.getByText(/^Trả lời mất phí, còn 4 ngày/)).toBeVisible();
});

test("says nothing of money where answers cost none", async () => {
  await line(null);
  expect(screen.queryByText(/phí/)).toBeNull();
});
