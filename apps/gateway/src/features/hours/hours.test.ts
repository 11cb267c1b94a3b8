import type { CommandInput } from "@tongdai/shared";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../ids.ts";
import { ask, journalOf, type Scene, scene } from "../../testing/scene.ts";
import { type TestCtx, testCtx } from "../../testing/test-ctx.ts";
import { handlers as queues } from "../queues/index.ts";
import { handlers, listHours } from "./index.ts";

const office: [number, number][][] = [
  ...Array.from({ length: 5 }, () => [[480, 1_050] as [number, number]]),
  [],
  [],
];

describe.each(["sqlite", "postgres"] as const)("hours on %s", (engine) => {
  let ctx: TestCtx;
  let s: Scene;
  beforeAll(async () => {
    ctx = await testCtx({ engine });
    s = await scene(ctx);
  });
  afterAll(() => ctx.close());
  beforeEach(() =>
    ctx.store.write(async (tx) => {
      await tx.db.updateTable("queue").set({ hours_id: null }).execute();
      await tx.db.deleteFrom("hours").execute();
      await tx.db.deleteFrom("audit").execute();
    }),
  );

  const save = async (input: Partial<CommandInput<"hours.save">> = {}) =>
    (
      await ask(ctx, s.admin, {
        name: "hours.save",
        handler: handlers["hours.save"],
        input: { name: "Hành chính", timeZone: "Asia/Ho_Chi_Minh", weekly: office, ...input },
      })
    ).hours;
  const remove = (id: string) =>
    ask(ctx, s.admin, { name: "hours.remove", handler: handlers["hours.remove"], input: { id } });
  const give = (hoursId: string | null) =>
    ask(ctx, s.admin, {
      name: "queue.save",
      handler: queues["queue.save"],
      input: {
        id: s.care,
        name: "Chăm sóc",
        memberIds: [],
        dispositions: [{ name: "Xong", resolved: true }],
        hoursId,
      },
    });

  test("saved, changed, removed: told to everybody, noted with what they say", async () => {
    const before = (await journalOf(ctx, "hours.saved")).length;
    const made = await save({ days: [{ date: "2027-02-06", name: "Tết", spans: [] }] });
    const days = [
      { date: "2027-02-07", name: "Tết", spans: [] as [number, number][] },
      { date: "2027-02-06", name: "Tết", spans: [[540, 660]] as [number, number][] },
    ];
    const changed = await save({ id: made.id, name: "Cả tuần", days });
    expect(changed.days.map((d) => d.date)).toEqual(["2027-02-06", "2027-02-07"]);
    expect(await listHours(ctx.store)).toEqual([changed]);
    await remove(made.id);
    await remove(made.id);
    expect(await listHours(ctx.store)).toEqual([]);
    const told = await journalOf(ctx, "hours.saved");
    expect(told.length).toBe(before + 2);
    expect(told.at(-1)?.scopes).toEqual(["org"]);
    expect((await journalOf(ctx, "hours.removed")).at(-1)?.data).toBe(JSON.stringify({ id: made.id }));
    const noted = await ctx.store.db.selectFrom("audit").selectAll().orderBy("id").execute();
    expect(noted.map((r) => [r.action, r.actor_id, r.target])).toEqual([
      ["hours.saved", s.admin.userId, made.id],
      ["hours.saved", s.admin.userId, made.id],
      ["hours.removed", s.admin.userId, made.id],
    ]);
    expect(JSON.parse(noted[1]?.detail ?? "")).toEqual({
      name: "Cả tuần",
      created: false,
      changes: expect.arrayContaining([{ path: ["days", "2027-02-07"], was: null, is: changed.days[1] }]),
    });
  });

  test("a name belongs to one, and what is not there cannot be changed", async () => {
    const a = await save();
    await expect(save()).rejects.toMatchObject({ code: "conflict", details: { field: "name" } });
    await expect(save({ id: newId(), name: "Khác" })).rejects.toMatchObject({ code: "not_found" });
    expect((await save({ id: a.id, timeZone: "Europe/Berlin" })).timeZone).toBe("Europe/Berlin");
  });

  test("hours that a queue goes by stay, and a queue goes only by hours that are there", async () => {
    const { id } = await save();
    expect((await give(id)).queue).toMatchObject({
      hoursId: id,
      outOfHours: { reply: null, action: "hold" },
    });
    await expect(remove(id)).rejects.toMatchObject({ code: "conflict", details: { reason: "in_use" } });
    await expect(give(newId())).rejects.toMatchObject({ code: "not_found", details: { field: "hoursId" } });
    expect((await give(null)).queue.hoursId).toBeNull();
    await remove(id);
    expect(await listHours(ctx.store)).toEqual([]);
  });

  test("only who manages people may change them", async () => {
    for (const caller of [s.lan, s.ha])
      await expect(
        ask(ctx, caller, {
          name: "hours.remove",
          handler: handlers["hours.remove"],
          input: { id: newId() },
        }),
      ).rejects.toThrow("not allowed");
  });
});
