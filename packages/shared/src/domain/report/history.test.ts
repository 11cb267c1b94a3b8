import { expect, test } from "vitest";
import { reportDay, reportId } from "../../testing/report-day.ts";
import { emptyCarry, foldReport } from "./fold.ts";
import { spansOf } from "./history.ts";
import { readReportEvent } from "./read.ts";

const start = Date.parse("2026-11-23T01:00:00Z");
const lan = reportId(1);
const boss = reportId(2);

type Said = Parameters<ReturnType<typeof reportDay>["agent"]>;

function historyOf(acts: readonly Said[], from = start) {
  const day = reportDay(start);
  for (const act of acts) day.agent(...act);
  const events = day.entries.flatMap((e) => readReportEvent(e) ?? []);
  const stretches = [...foldReport(emptyCarry(), events).stretches.values()];
  return spansOf(stretches, from).map((s) => [
    (s.from - start) / 1_000,
    s.until === null ? null : (s.until - start) / 1_000,
    s.reason ?? s.state,
    s.by,
  ]);
}

test("work in hand does not divide a state, and who set it is told", () => {
  expect(
    historyOf([
      [0, lan, "available", { actorId: lan }],
      [60, lan, "available", { load: 1 }],
      [120, lan, "available", { load: 0 }],
      [180, lan, "away", { reason: "lunch", actorId: boss }],
    ]),
  ).toEqual([
    [0, 180, "available", lan],
    [180, null, "lunch", boss],
  ]);
});

test("nobody is there between signing off and coming back, or once the connection is lost", () => {
  expect(
    historyOf([
      [0, lan, "available", { actorId: lan }],
      [60, lan, "offline", { actorId: lan }],
      [120, lan, "available", { actorId: lan }],
      [180, lan, "away", { reason: "lost" }],
    ]),
  ).toEqual([
    [0, 60, "available", lan],
    [60, 120, "offline", lan],
    [120, 180, "available", lan],
    [180, null, "lost", null],
  ]);
});

test("a day begins in the state of the evening before", () => {
  const acts: Said[] = [
    [0, lan, "available", { actorId: lan }],
    [60, lan, "offline", { actorId: lan }],
    [120, lan, "busy", { actorId: lan }],
  ];
  expect(historyOf(acts, start + 90_000)).toEqual([
    [60, 120, "offline", lan],
    [120, null, "busy", lan],
  ]);
});
