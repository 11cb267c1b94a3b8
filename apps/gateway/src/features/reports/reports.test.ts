import {
  type CommandInput,
  dateOf,
  emptyCarry,
  foldReport,
  ReportDefinition,
  type ReportEntry,
  readReportEvent,
  SegmentMeasure,
  StretchTime,
} from "@tongdai/shared";
import { reportDay, seededRandom } from "@tongdai/shared/testing";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { newId } from "../../ids.ts";
import { openStore } from "../../store/index.ts";
import { ask, type Scene, scene } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { writeJournal } from "../../testing/write-journal.ts";
import { catchUp } from "./follow.ts";
import { csv, handlers, questionOf } from "./index.ts";
import { projectStep } from "./project.ts";

const HOUR = 3_600;

/** A morning of the two queues: some are quick, some wait, some are handed on, some are missed, some give up. */
function morning(s: Scene, o: { start: number; works: number }): ReportEntry[] {
  const random = seededRandom(7);
  const day = reportDay(o.start);
  const agents = [s.lan.userId, s.minh.userId];
  const customers = Array.from({ length: 20 }, newId);
  for (const agent of agents) day.agent(0, agent, "available");
  for (let n = 0; n < o.works; n++) {
    const second = n * 20;
    const work = {
      interactionId: newId(),
      customerId: customers[n % customers.length] ?? "",
      queueId: n % 3 === 0 ? s.warranty : s.care,
    };
    const agent = agents[n % 2] ?? "";
    const owned = { ...work, ownerId: agent };
    day.step(second, "interaction.opened", work, { reasons: ["customer_wrote"] });
    if (random() < 0.1) {
      day.step(second + 15, "interaction.closed", work);
      continue;
    }
    day.step(second, "interaction.offered", work, { userId: agent });
    if (random() < 0.2) {
      day.step(second + 5, "interaction.missed", work, { userId: agent });
      day.step(second + 5, "interaction.offered", work, { userId: agent });
    }
    day.step(second + 8, "interaction.accepted", owned, { userId: agent, actorId: agent });
    day.agent(second + 8, agent, "available", { load: 1 });
    day.reply(second + 9, work, agent);
    if (random() < 0.2) {
      day.step(second + 10, "interaction.transferred", { ...work, queueId: s.warranty });
      day.step(second + 12, "interaction.accepted", { ...owned, queueId: s.warranty }, { userId: agent });
    }
    day.step(second + 14, "interaction.ended", owned, { actorId: agent });
    day.step(second + 18, "interaction.closed", work, { disposition: "Xong", actorId: agent });
    day.agent(second + 18, agent, "available");
  }
  return day.entries;
}

const stored = async (ctx: TestCtx) => ({
  segments: (await ctx.store.db.selectFrom("report_segment").select("data").orderBy("id").execute()).map(
    (r) => JSON.parse(r.data) as unknown,
  ),
  stretches: (await ctx.store.db.selectFrom("report_stretch").select("data").orderBy("id").execute()).map(
    (r) => JSON.parse(r.data) as unknown,
  ),
});

/** The whole journal at once, without a store. */
async function folded(ctx: TestCtx) {
  const rows = await ctx.store.db.selectFrom("journal").selectAll().orderBy("seq").execute();
  const events = rows.flatMap(
    (r) =>
      readReportEvent({
        seq: r.seq,
        at: r.at,
        name: r.name as ReportEntry["name"],
        actorId: r.actor_id,
        interactionId: r.interaction_id,
        data: JSON.parse(r.data),
      }) ?? [],
  );
  const { segments, stretches } = foldReport(emptyCarry(), events);
  const byId = (a: { id: number }, b: { id: number }) => a.id - b.id;
  return {
    segments: [...segments.values()].toSorted(byId),
    stretches: [...stretches.values()].toSorted(byId),
  };
}

describe.each(["sqlite", "postgres"] as const)("reports on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  let today: string;
  beforeEach(async () => {
    ctx = await testCtx({ engine });
    s = await scene(ctx);
    today = dateOf(ctx.clock.now(), "Asia/Ho_Chi_Minh");
  });
  afterEach(() => ctx.close());

  const query = (input: Partial<CommandInput<"report.query">> = {}) =>
    ask(ctx, s.ha, {
      name: "report.query",
      handler: handlers["report.query"],
      input: { from: today, to: today, groupBy: "queue", ...input },
    });
  const rows = (input: Partial<CommandInput<"report.rows">>) =>
    ask(ctx, s.ha, {
      name: "report.rows",
      handler: handlers["report.rows"],
      input: { from: today, to: today, measure: "segments", ...input },
    });

  test("facts in steps are those of the whole journal, and a rebuilt day equals the live one", async () => {
    const entries = morning(s, { start: ctx.clock.now(), works: 120 });
    for (let i = 0; i < entries.length; i += 37) {
      await writeJournal(ctx, entries.slice(i, i + 37));
      // Live: some of it is read while the rest is still to come.
      await projectStep(ctx);
    }
    ctx.clock.advance(2 * HOUR * 1_000);
    const live = await query({ groupBy: "hour" });
    expect(live.complete).toBe(true);
    expect(live.total.segments).toBeGreaterThan(120);
    const facts = await stored(ctx);
    expect(facts).toEqual(await folded(ctx));

    await ctx.store.write((tx) => tx.db.deleteFrom("setting").where("key", "=", "report.position").execute());
    expect(await query({ groupBy: "hour" })).toEqual(live);
    expect(await stored(ctx)).toEqual(facts);
  });

  /** The ids of all rows behind a number. */
  async function behind(input: Partial<CommandInput<"report.rows">>): Promise<number[]> {
    const found: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await rows({ ...input, ...(cursor ? { cursor } : {}) });
      found.push(...[...page.segments, ...page.stretches].map((fact) => fact.id));
      cursor = page.next ?? undefined;
    } while (cursor);
    return found;
  }

  test("every number opens as many rows as it says, page by page", async () => {
    await writeJournal(ctx, morning(s, { start: ctx.clock.now(), works: 60 }));
    ctx.clock.advance(HOUR * 1_000);
    for (const by of ["queue", "agent", "hour"] as const)
      for (const { key, sums } of (await query({ groupBy: by })).rows)
        for (const measure of SegmentMeasure.options) {
          const found = await behind({ measure, group: { by, key }, limit: 25 });
          expect(new Set(found).size).toBe(found.length);
          // A segment may count more than once only by its offers.
          if (measure === "offersMade" || measure === "offersMissed")
            expect(found.length).toBeLessThanOrEqual(sums[measure]);
          else expect([by, measure, found.length]).toEqual([by, measure, sums[measure]]);
        }
  });

  test("agents' time has its rows too, what began on the day before included", async () => {
    const start = ctx.clock.now();
    const day = reportDay(start);
    day.agent(-20 * HOUR, s.lan.userId, "available");
    day.agent(-19 * HOUR, s.minh.userId, "available");
    day.agent(-18 * HOUR, s.minh.userId, "offline");
    day.agent(HOUR, s.lan.userId, "away", { reason: "lunch" });
    day.agent(2 * HOUR, s.lan.userId, "offline");
    await writeJournal(ctx, day.entries);
    ctx.clock.advance(5 * HOUR * 1_000);
    const { rows: groups } = await query({ groupBy: "agent" });
    // It is nine in the morning when the clock starts.
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({
      key: s.lan.userId,
      sums: { signedOnMs: 11 * HOUR * 1_000, availableMs: 10 * HOUR * 1_000, awayMs: HOUR * 1_000 },
    });
    const counts = StretchTime.options.map(async (measure) => [
      measure,
      (await behind({ measure, limit: 1 })).length,
    ]);
    expect(Object.fromEntries(await Promise.all(counts))).toEqual({
      signedOnMs: 2,
      availableMs: 1,
      busyMs: 0,
      idleMs: 1,
      awayMs: 1,
    });
  });

  test("agents' time in the file is that of the number, whatever is asked", async () => {
    const start = ctx.clock.now();
    const day = reportDay(start);
    day.agent(-20 * HOUR, s.lan.userId, "available");
    day.agent(-19 * HOUR, s.minh.userId, "available");
    day.agent(HOUR, s.minh.userId, "offline");
    await writeJournal(ctx, day.entries);
    ctx.clock.advance(5 * HOUR * 1_000);
    for (const filter of [
      {},
      { agentId: s.minh.userId },
      { queueId: s.care },
      { channel: "facebook" },
    ] as const) {
      const question = questionOf(ctx, {
        from: today,
        to: today,
        filter,
        definition: ReportDefinition.parse({}),
        groupBy: "day",
      });
      let file = "";
      for await (const part of await csv(ctx, { of: "stretches", question })) file += part;
      const seconds = file
        .trim()
        .split("\r\n")
        .slice(1)
        .map((line) => Number(line.split(",").at(-1)));
      const { total } = await query({ groupBy: "day", filter });
      expect([filter, seconds.reduce((a, b) => a + b, 0) * 1_000]).toEqual([filter, total.signedOnMs]);
      expect([filter, seconds.length]).toEqual([
        filter,
        (await behind({ measure: "signedOnMs", filter, limit: 1 })).length,
      ]);
    }
  });

  test("by team, work belongs to the team that its agent was in at the time; the total counts everybody once", async () => {
    const start = ctx.clock.now();
    const [red, blue] = [newId(), newId()];
    const saved = (second: number, id: string, memberIds: string[]) =>
      ({
        seq: 0,
        at: start + second * 1_000,
        name: "team.saved",
        actorId: null,
        interactionId: null,
        data: { team: { id, memberIds } },
      }) as const;
    await writeJournal(ctx, [
      saved(-1, red, [s.lan.userId, s.minh.userId]),
      saved(-1, blue, [s.minh.userId]),
    ]);
    await writeJournal(ctx, morning(s, { start, works: 60 }));
    // Later: who moves takes nothing of the past along.
    await writeJournal(ctx, [saved(HOUR, red, [])]);
    ctx.clock.advance(2 * HOUR * 1_000);
    const agents = await query({ groupBy: "agent" });
    const teams = await query({ groupBy: "team" });
    const of = (rows: typeof agents.rows, key: string | null) => rows.find((r) => r.key === key)?.sums;
    const [lan, minh] = [of(agents.rows, s.lan.userId), of(agents.rows, s.minh.userId)];
    expect(of(teams.rows, blue)?.handled).toBe(minh?.handled);
    expect(of(teams.rows, red)?.handled).toBe((lan?.handled ?? 0) + (minh?.handled ?? 0));
    expect(of(teams.rows, red)?.busyMs).toBe((lan?.busyMs ?? 0) + (minh?.busyMs ?? 0));
    expect(teams.total).toEqual(agents.total);
    for (const measure of ["handled", "offersMissed", "abandoned"] as const)
      for (const { key, sums } of teams.rows)
        expect([
          measure,
          key,
          (await behind({ measure, group: { by: "team", key }, limit: 25 })).length,
        ]).toEqual([measure, key, sums[measure]]);
  });

  test("a question that makes no sense is refused", async () => {
    for (const bad of [
      { from: "2026-11-22", to: "2026-11-21" },
      { from: "2026-01-01", to: "2026-11-21" },
    ])
      await expect(query(bad)).rejects.toMatchObject({ code: "invalid_input" });
    await expect(rows({ cursor: "1_2; drop table" })).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("a row that nobody can read is passed over", async () => {
    const start = ctx.clock.now();
    const entries = morning(s, { start, works: 3 });
    const broken = { ...entries[0], name: "interaction.opened", data: { surprise: 1 } } as ReportEntry;
    await writeJournal(ctx, [broken, ...entries]);
    expect((await query()).total.interactions).toBe(3);
  });
});

test("a file that would lack facts is refused", async () => {
  const ctx = await testCtx();
  onTestFinished(() => ctx.close());
  const s = await scene(ctx);
  await writeJournal(ctx, morning(s, { start: ctx.clock.now(), works: 3 }));
  const question = questionOf(ctx, {
    from: dateOf(ctx.clock.now(), "Asia/Ho_Chi_Minh"),
    to: dateOf(ctx.clock.now(), "Asia/Ho_Chi_Minh"),
    filter: {},
    definition: ReportDefinition.parse({}),
    groupBy: "day",
  });
  let elapsed = 0;
  // Every look at the clock finds it three seconds on.
  const hurried = { ...ctx, clock: { ...ctx.clock, elapsed: () => (elapsed += 3_000) } };
  await expect(csv(hurried, { of: "segments", question })).rejects.toMatchObject({ code: "unavailable" });
  await expect(csv(ctx, { of: "segments", question })).resolves.toBeDefined();
});

test("two gateways on one store reckon every row once", async () => {
  const ctx = await testCtx({ engine: "postgres" });
  const other = await openStore(ctx.config.databaseUrl, { onFatal: () => {} });
  try {
    const s = await scene(ctx);
    await writeJournal(ctx, morning(s, { start: ctx.clock.now(), works: 150 }));
    await Promise.all([catchUp(ctx), catchUp({ ...ctx, store: other })]);
    expect(await catchUp(ctx)).toBe(true);
    expect(await stored(ctx)).toEqual(await folded(ctx));
  } finally {
    await other.close();
    await ctx.close();
  }
});

test.each(["sqlite", "postgres"] as const)(
  "a gateway that is late with throwing old facts away leaves what another has reckoned meanwhile, on %s",
  async (engine) => {
    const ctx = await testCtx({ engine });
    onTestFinished(() => ctx.close());
    const s = await scene(ctx);
    await writeJournal(ctx, morning(s, { start: ctx.clock.now(), works: 20 }));
    let isLate = true;
    const store = Object.create(ctx.store, {
      write: {
        value: async (...given: Parameters<typeof ctx.store.write>) => {
          if (isLate) await catchUp(ctx);
          isLate = false;
          return await ctx.store.write(...given);
        },
      },
    }) as typeof ctx.store;
    expect(await catchUp({ ...ctx, store })).toBe(true);
    expect(isLate).toBe(false);
    expect((await stored(ctx)).segments).not.toEqual([]);
    expect(await stored(ctx)).toEqual(await folded(ctx));
  },
);
