import { type CommandInput, type CommandOutput, dateOf, type ReplayState, ratesOf } from "@tongdai/shared";
import { generatedDay } from "@tongdai/shared/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../ids.ts";
import { ask, type Scene, scene } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { writeJournal } from "../../testing/write-journal.ts";
import { saveQueue } from "../queues/index.ts";
import { handlers, stopRuns } from "./index.ts";

const zone = "Asia/Ho_Chi_Minh";
const day = "2026-11-20";
const start = Date.parse(`${day}T00:00:00+07:00`);

// A thread takes its time to start on a busy machine.
describe.each(["sqlite", "postgres"] as const)("replay on %s", { timeout: 30_000 }, (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  beforeEach(async () => {
    ctx = await testCtx({ engine });
    s = await scene(ctx);
    ctx.clock.step(start + 30 * 3_600_000 - ctx.clock.now());
    await record();
  });
  afterEach(async () => {
    await stopRuns(ctx);
    await ctx.close();
  });

  /** A day of Lan and Minh in both queues. */
  async function record(): Promise<void> {
    const queues = [s.care, s.warranty];
    for (const [n, id] of queues.entries())
      await saveQueue(ctx, null, {
        id,
        name: n === 0 ? "Chăm sóc" : "Bảo hành",
        memberIds: [s.lan.userId, s.minh.userId],
        offerSeconds: 30,
        wrapUpSeconds: 60,
        dispositions: [{ name: "Xong", resolved: true }],
      });
    // What was saved today was saved before that day.
    await ctx.store.write((tx) =>
      tx.db
        .updateTable("journal")
        .set({ at: start - 1 })
        .execute(),
    );
    const entries = generatedDay({
      start,
      seed: 5,
      queues: [
        { queueId: s.care, perHour: 10, handle: 420, patience: 400 },
        { queueId: s.warranty, perHour: 8, handle: 420, patience: 400 },
      ],
      agents: [s.lan, s.minh].map(({ userId }) => ({ userId, queueIds: queues })),
      // Other than what they may carry now.
      room: 2,
      fromHour: 8,
      toHour: 17,
      id: () => newId(),
    });
    await writeJournal(ctx, entries);
  }

  const begin = (input: Partial<CommandInput<"replay.start">> = {}, who = s.ha) =>
    ask(ctx, who, { name: "replay.start", handler: handlers["replay.start"], input: { day, ...input } });
  const look = (runId: string, part = 0, who = s.ha): Promise<ReplayState> =>
    ask(ctx, who, { name: "replay.look", handler: handlers["replay.look"], input: { runId, part } });

  async function result(runId: string): Promise<Extract<ReplayState, { state: "done" }>["result"]> {
    for (let part = 0; ; ) {
      const now = await look(runId, part);
      if (now.state === "done") return now.result;
      if (now.state === "failed") throw new Error(`failed: ${now.code}`);
      part = now.part;
    }
  }

  test("a day of the journal is run again in a thread, and comes near what it was", async () => {
    const { runId } = await begin();
    const { recorded, replayed, changed, notes, timeZone } = await result(runId);
    expect(timeZone).toBe(zone);
    expect(recorded.total.sums.offered).toBeGreaterThan(150);
    expect(replayed.total.sums.offered).toBe(recorded.total.sums.offered);
    const [was, is] = [ratesOf(recorded.total.sums), ratesOf(replayed.total.sums)];
    expect(Math.abs((was.serviceLevel ?? 0) - (is.serviceLevel ?? 9))).toBeLessThan(0.03);
    expect(Math.abs((was.occupancy ?? 0) - (is.occupancy ?? 9))).toBeLessThan(0.02);
    expect(changed).toEqual(replayed);
    expect(notes.map((n) => n.code)).not.toContain("as_now");
    expect(await result((await begin()).runId)).toEqual({
      recorded,
      replayed,
      changed,
      notes,
      timeZone,
      day,
    });
  });

  test("changes are tried, and nothing is saved by it", async () => {
    const head = await ctx.store.head();
    const { runId } = await begin({
      changes: { staff: [{ queueId: s.care, fromHour: 8, toHour: 17, count: 2 }], handlePercent: -20 },
    });
    const { replayed, changed } = await result(runId);
    const level = (side: typeof changed) => ratesOf(side.total.sums).serviceLevel ?? 0;
    expect(level(changed)).toBeGreaterThan(level(replayed));
    expect(await ctx.store.head()).toBe(head);
  });

  test("the rules are those of that day, not today's", async () => {
    const queue = {
      id: s.care,
      name: "Chăm sóc",
      offerSeconds: 30,
      wrapUpSeconds: 60,
      dispositions: [{ name: "Xong", resolved: true }],
    };
    const before = await result((await begin()).runId);
    await saveQueue(ctx, null, { ...queue, memberIds: [] });
    expect(await result((await begin()).runId)).toEqual(before);
    const { changed } = await result(
      (await begin({ changes: { queues: [{ queueId: s.care, memberIds: [] }] } })).runId,
    );
    expect(changed.queues.find((q) => q.key === s.care)?.sums.answered).toBe(0);
  });

  test("a run is its asker's alone, ends when it is cancelled, and another one ends it too", async () => {
    const first = await begin();
    await expect(look(first.runId, 0, s.admin)).rejects.toMatchObject({ code: "not_found" });
    const second = await begin();
    await expect(look(first.runId)).rejects.toMatchObject({ code: "not_found" });
    await ask(ctx, s.ha, {
      name: "replay.cancel",
      handler: handlers["replay.cancel"],
      input: { runId: second.runId },
    });
    await expect(look(second.runId)).rejects.toMatchObject({ code: "not_found" });
  });

  test("only so many at once, and only who may", async () => {
    await begin();
    await begin({}, s.admin);
    await expect(begin({}, { ...s.ha, userId: newId() })).rejects.toMatchObject({ code: "rate_limited" });
    await expect(begin({}, s.lan)).rejects.toThrow("not allowed");
  });

  test("who is refused keeps the run that they have", async () => {
    const own = await begin();
    await result(own.runId);
    for (const userId of [newId(), newId()]) await begin({}, { ...s.ha, userId });
    await expect(begin()).rejects.toMatchObject({ code: "rate_limited" });
    expect(await look(own.runId)).toMatchObject({ state: "done" });
  });

  test("a queue that is not there is refused", async () => {
    const { runId } = await begin({ changes: { queues: [{ queueId: newId() }] } });
    let now: CommandOutput<"replay.look"> = await look(runId);
    while (now.state === "running") now = await look(runId, now.part);
    expect(now).toEqual({ state: "failed", code: "not_found" });
  });

  test("a day without work is a day of zeros", async () => {
    const { runId } = await begin({ day: dateOf(ctx.clock.now() + 90_000_000, zone) });
    expect((await result(runId)).changed.total.sums.offered).toBe(0);
  });
});
