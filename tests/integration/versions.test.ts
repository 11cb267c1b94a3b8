import { type CommandInput, type CommandName, defaultCapacity, defaultQueueRules } from "@tongdai/shared";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Person } from "../support/person.ts";
import { type World, world } from "../support/world.ts";

describe.each(["sqlite", "postgres"] as const)("saves on %s", (engine) => {
  let w: World;
  let admin: Person;
  let worker: Person;
  beforeAll(async () => {
    w = await world({ engine });
    admin = await w.person("quantri", { roles: ["admin"] });
    worker = await w.person("lan");
  });
  afterAll(() => w.close());

  const week: [number, number][][] = Array.from({ length: 7 }, () => []);

  /** How each thing is made, and saved again on the ground of a version. */
  const things: Record<string, () => Promise<(version: number) => Promise<{ version: number }>>> = {
    queue: async () => {
      const input = { memberIds: [], dispositions: [{ name: "Xong", resolved: true }] };
      const { queue } = await admin.call("queue.save", { ...input, name: "Hàng" });
      return async (version) =>
        (await admin.call("queue.save", { ...input, id: queue.id, version, name: "Hàng" })).queue;
    },
    hours: async () => {
      const input = { name: "Lịch", timeZone: "Asia/Ho_Chi_Minh", weekly: week };
      const { hours } = await admin.call("hours.save", input);
      return async (version) => (await admin.call("hours.save", { ...input, id: hours.id, version })).hours;
    },
    team: async () => {
      const { team } = await admin.call("team.save", { name: "Đội", memberIds: [] });
      return async (version) =>
        (await admin.call("team.save", { id: team.id, version, name: "Đội", memberIds: [] })).team;
    },
    skill: async () => {
      const { skill } = await admin.call("skill.save", { name: "Kỹ năng 1" });
      return async (version) =>
        (await admin.call("skill.save", { id: skill.id, version, name: `Kỹ năng ${Math.random()}` })).skill;
    },
    person: async () => {
      const input = { username: "moi", name: "Mới", password: "mat-khau-dai", roles: ["agent" as const] };
      const { user } = await admin.call("user.create", input);
      return async (version) =>
        (await admin.call("user.update", { userId: user.id, version, name: "Khác" })).user;
    },
    capacity: async () => async (version) =>
      (await admin.call("capacity.save", { ...defaultCapacity, version })).capacity,
    "canned reply": async () => {
      const { cannedReply } = await worker.call("canned_reply.save", { shortcut: "a", text: "A" });
      return async (version) =>
        (
          await worker.call("canned_reply.save", {
            id: cannedReply.id,
            version,
            shortcut: "a",
            text: `B ${Math.random()}`,
          })
        ).cannedReply;
    },
  };

  test.for(Object.keys(things))("%s: of two based on one version one is refused", async (name) => {
    const save = await things[name]?.();
    if (!save) throw new Error("unreachable");
    const first = await save(1);
    expect(first.version).toBe(2);
    const both = await Promise.allSettled([save(2), save(2)]);
    expect(both.filter((b) => b.status === "fulfilled")).toHaveLength(1);
    expect(both.find((b) => b.status === "rejected")?.reason).toMatchObject({
      code: "conflict",
      details: { reason: "stale", version: 3 },
    });
  });

  test("a save without a version replaces whatever is there", async () => {
    const name = "capacity.save" satisfies CommandName;
    const input: CommandInput<"capacity.save"> = { ...defaultCapacity, idleChat: 0.5 };
    const { capacity } = await admin.call(name, input);
    expect((await admin.call(name, input)).capacity.version).toBe(capacity.version + 1);
  });

  test("is audited field by field, from what it was to what it is", async () => {
    const rules = { ...defaultQueueRules, strategy: "most_skilled" as const };
    const input = { memberIds: [], dispositions: [{ name: "Xong", resolved: true }] };
    const { queue } = await admin.call("queue.save", { ...input, name: "Đổi luật" });
    const memberIds = [worker.userId];
    await admin.call("queue.save", { ...input, id: queue.id, name: "Đổi luật", memberIds, rules });
    const { rows } = await admin.call("audit.list", {});
    const [row, made] = rows.filter((r) => r.target === queue.id);
    expect(made?.detail).toMatchObject({ created: true });
    expect(row?.detail).toEqual({
      name: "Đổi luật",
      created: false,
      changes: [
        { path: ["namedIds"], was: [], is: memberIds },
        { path: ["rules", "strategy"], was: "longest_idle", is: "most_skilled" },
      ],
    });
  });
});
