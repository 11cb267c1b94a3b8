import { dateOf, ReplayQuestion, type ReplaySide, ratesOf } from "@tongdai/shared";
import { beforeAll, describe, expect, test } from "vitest";
import { email } from "../../channels/email/index.ts";
import { facebook } from "../../channels/facebook/index.ts";
import { sms } from "../../channels/sms/index.ts";
import { zalo } from "../../channels/zalo/index.ts";
import { allUsers } from "../../store/people.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { runReplay } from "../replay/index.ts";
import { catchUp, segmentPages, stretchPages } from "../reports/index.ts";
import { seedDemo } from "./index.ts";
import { hourOfDay } from "./past.ts";

describe.each(["sqlite", "postgres"] as const)("the demo's past on %s", (engine) => {
  let ctx: TestCtx;
  beforeAll(async () => {
    ctx = await testCtx({
      engine,
      channels: [facebook, zalo, sms, email],
      config: {
        demo: true,
        simulators: {
          facebook: "http://127.0.0.1:4011",
          zalo: "http://127.0.0.1:4012",
          sms: "http://127.0.0.1:4013",
          email: "http://127.0.0.1:4014/?imap=4015&smtp=4016",
        },
      },
    });
    await seedDemo(ctx);
    await catchUp(ctx);
    return () => ctx.close();
  });

  async function facts() {
    const time = { from: 0, to: ctx.clock.now(), way: "oldest" } as const;
    return { segments: await all(segmentPages(ctx, time)), stretches: await all(stretchPages(ctx, time)) };
  }

  async function all<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
    const facts: T[] = [];
    for await (const page of pages) facts.push(...page);
    return facts;
  }

  const replay = (day: string) =>
    runReplay(
      { store: ctx.store, timeZone: ctx.config.timeZone, at: ctx.clock.now(), windows: {} },
      ReplayQuestion.parse({ day }),
    );
  const rates = (side: ReplaySide) => ratesOf(side.total.sums);

  test("whoever served somebody was there, and was not at lunch", async () => {
    const { segments, stretches } = await facts();
    expect(segments.length).toBeGreaterThan(10);
    for (const { agentId, offers, acceptedAt, endedAt } of segments) {
      const offeredAt = offers[0]?.at ?? 0;
      const at = stretches.find((s) => s.userId === agentId && s.from === offeredAt);
      expect(at).toMatchObject({ state: "available", busy: true, until: endedAt });
      expect(acceptedAt).toBeGreaterThan(offeredAt);
    }
    expect(stretches.filter((s) => s.until === null)).toEqual([]);
    expect(new Set(stretches.map((s) => s.reason))).toEqual(new Set([null, "lunch"]));
  });

  test("every day before today has people who came, ate and went, for no longer than a shift", async () => {
    const { stretches } = await facts();
    const people = (await allUsers(ctx.store)).filter((u) => stretches.some((s) => s.userId === u.id));
    expect(people.length).toBe(3);
    for (let daysAgo = 28; daysAgo >= 1; daysAgo--) {
      const [from, to] = [0, 24].map((hour) => hourOfDay(ctx.clock.now(), { daysAgo, hour })) as [
        number,
        number,
      ];
      for (const { id } of people) {
        const day = stretches.filter((s) => s.userId === id && s.from >= from && s.from < to);
        expect(day.filter((s) => s.reason === "lunch")).toHaveLength(1);
        const hours = ((day.at(-1)?.until ?? 0) - (day[0]?.from ?? 0)) / 3_600_000;
        expect(hours).toBeGreaterThan(9);
        expect(hours).toBeLessThan(13);
      }
    }
  });

  test("a day of it, run again, comes out as it was", async () => {
    const { segments } = await facts();
    const days = new Set(segments.map((s) => dateOf(s.arrivedAt, ctx.config.timeZone)));
    for (const day of days) {
      const { recorded, replayed, notes } = await replay(day);
      const [was, is] = [rates(recorded), rates(replayed)];
      expect(replayed.total.sums.answered).toBe(recorded.total.sums.answered);
      expect(Math.abs((was.serviceLevel ?? 0) - (is.serviceLevel ?? 9))).toBeLessThan(0.03);
      expect(Math.abs((was.occupancy ?? 0) - (is.occupancy ?? 9))).toBeLessThan(0.01);
      expect(is.occupancy).toBeGreaterThan(0);
      expect(Math.abs((was.asaMs ?? 0) - (is.asaMs ?? 9e9))).toBeLessThan(2_000);
      expect(notes.map((n) => n.code)).not.toContain("as_now");
    }
  });
});
