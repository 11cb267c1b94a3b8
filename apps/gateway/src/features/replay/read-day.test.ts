import { reportDay } from "@tongdai/shared/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../ids.ts";
import { type Scene, scene } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { writeJournal } from "../../testing/write-journal.ts";
import { catchUp } from "../reports/index.ts";
import { readDay } from "./read-day.ts";

const start = Date.parse("2026-11-20T08:00:00+07:00");

describe.each(["sqlite", "postgres"] as const)("a day read for the replay on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  beforeEach(async () => {
    ctx = await testCtx({ engine });
    s = await scene(ctx);
    ctx.clock.step(start + 12 * 3_600_000 - ctx.clock.now());
  });
  afterEach(() => ctx.close());

  async function read(write: (log: ReturnType<typeof reportDay>) => void) {
    const log = reportDay(start);
    write(log);
    await writeJournal(ctx, log.entries);
    await catchUp(ctx);
    const { timeZone } = ctx.config;
    return await readDay({ store: ctx.store, timeZone, at: ctx.clock.now(), windows: {} }, "2026-11-20");
  }

  test("it knows when work was put aside and until when, also what still is and what went back to the queue", async () => {
    const lan = s.lan.userId;
    const [twice, back, still] = [newId(), newId(), newId()].map((interactionId) => ({
      interactionId,
      queueId: s.care,
    })) as [Work, Work, Work];
    type Work = { interactionId: string; queueId: string };
    const day = await read((log) => {
      for (const work of [twice, back, still]) {
        log.step(0, "interaction.opened", work);
        log.step(10, "interaction.accepted", { ...work, ownerId: lan }, { userId: lan, actorId: lan });
        log.step(20, "interaction.parked", { ...work, ownerId: lan }, { actorId: lan });
      }
      log.step(50, "interaction.unparked", { ...twice, ownerId: lan }, { userId: lan });
      log.step(60, "interaction.parked", { ...twice, ownerId: lan }, { actorId: lan });
      log.step(90, "interaction.resumed", { ...twice, ownerId: lan }, { actorId: lan });
      log.step(95, "interaction.closed", twice, { actorId: lan });
      log.step(200, "interaction.requeued", back, { userId: lan });
    });
    const parksOf = ({ interactionId }: Work) =>
      day.parks[day.segments.find((x) => x.interactionId === interactionId && x.part === 0)?.id ?? -1]?.map(
        ({ from, to }) => [(from - start) / 1_000, to === null ? null : (to - start) / 1_000],
      );
    expect([parksOf(twice), parksOf(back), parksOf(still)]).toEqual([
      [
        [20, 50],
        [60, 90],
      ],
      [[20, 200]],
      [[20, null]],
    ]);
    expect(Object.keys(day.parks)).toHaveLength(3);
  });

  test("it knows whose wait the queue ended, and who left by themselves", async () => {
    const codes = ["waited_too_long", "call_back", "out_of_hours", null];
    const works = codes.map((code) => ({ interactionId: newId(), queueId: s.care, code }));
    const moved = { interactionId: newId(), queueId: s.care };
    const day = await read((log) => {
      for (const work of [...works, moved]) log.step(0, "interaction.opened", work);
      for (const { code, ...work } of works)
        log.step(60, "interaction.closed", work, { reasons: code === null ? [] : [{ code }] });
      const there = { ...moved, queueId: s.warranty };
      log.step(60, "interaction.transferred", there, { reasons: [{ code: "waited_too_long" }] });
    });
    const ended = day.segments.filter((x) => day.waitsEnded[x.id]).map((x) => x.interactionId);
    expect(ended.toSorted()).toEqual(
      [works[0]?.interactionId ?? "", works[1]?.interactionId ?? "", moved.interactionId].toSorted(),
    );
  });
});
