import type { CommandInput } from "@tongdai/shared";
import { defaultStateRules } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Person } from "../support/person.ts";
import { pass } from "../support/work.ts";
import { type World, world } from "../support/world.ts";

type Rules = CommandInput<"state_rules.save">;

const MINUTE = 60_000;

describe.each(["sqlite", "postgres"] as const)("states with reasons on %s", (engine) => {
  let w: World;
  let ha: Person;
  let an: Person;
  beforeEach(async () => {
    w = await world({ engine });
    ha = await w.person("ha", { roles: ["supervisor"], queues: "none" });
    an = await w.person("an", { roles: ["admin"], queues: "none" });
  });
  afterEach(() => w.close());

  const rules = (change: Partial<Rules> = {}): Rules => ({ ...defaultStateRules, ...change });
  const lunchFor = (maxMinutes: number | null, version = 1) =>
    rules({
      version,
      reasons: defaultStateRules.reasons.map((r) => (r.id === "lunch" ? { ...r, maxMinutes } : r)),
    });
  const overdue = (p: Person) => p.heard.flatMap((e) => (e.name === "agent.overstayed" ? [e.data] : []));

  test("a lunch that lasts longer than it may is told to the agent and to supervisors once, and nothing is forced", async () => {
    await an.call("state_rules.save", lunchFor(30));
    const [lan, minh] = [await w.agent("lan"), await w.agent("minh")];
    const { agent } = await lan.call("agent.set_state", { state: "away", reason: "lunch" });
    expect(agent.overAt).toBe(agent.since + 30 * MINUTE);
    await pass(w, 29 * MINUTE);
    expect(overdue(ha)).toEqual([]);
    // Choosing it again does not begin it anew.
    await lan.call("agent.set_state", { state: "away", reason: "lunch" });
    await pass(w, MINUTE + 1_000);
    const told = { agentId: lan.userId, state: "away", reason: "lunch", since: agent.since };
    expect(overdue(ha)).toMatchObject([told]);
    expect(overdue(lan)).toMatchObject([told]);
    expect(overdue(minh)).toEqual([]);
    await pass(w, 60 * MINUTE);
    expect(overdue(ha)).toHaveLength(1);
    const back = await lan.call("agent.set_state", { state: "available" });
    expect(back.agent.overAt).toBeNull();
  });

  test("who is back in time is not told, and a new longest time counts for those who are away now", async () => {
    const lan = await w.agent("lan");
    const { agent } = await lan.call("agent.set_state", { state: "away", reason: "lunch" });
    expect(agent.overAt).toBeNull();
    await pass(w, 20 * MINUTE);
    const { stateRules } = await an.call("state_rules.save", lunchFor(30));
    await lan.hear("agent.changed", (e) => e.agent.overAt === agent.since + 30 * MINUTE);
    await lan.call("agent.set_state", { state: "available" });
    await pass(w, 20 * MINUTE);
    expect(overdue(ha)).toEqual([]);
    await lan.call("agent.set_state", { state: "away", reason: "lunch" });
    await pass(w, 20 * MINUTE);
    await an.call("state_rules.save", lunchFor(10, stateRules.version));
    await ha.hear("agent.overstayed");
  });

  test("a reason is added, renamed, moved and retired, everybody is told, and what is retired is not chosen", async () => {
    const lan = await w.agent("lan");
    await lan.call("agent.set_state", { state: "away", reason: "training" });
    const [first, second, ...rest] = defaultStateRules.reasons;
    if (!first || !second) throw new Error("seeds");
    const pray = { id: null, name: { vi: "Cầu nguyện", en: "Prayer" }, maxMinutes: 15, retired: false };
    const { stateRules } = await an.call(
      "state_rules.save",
      rules({
        reasons: [
          pray,
          { ...second, name: { vi: "Cơm trưa", en: "Lunch" } },
          first,
          ...rest.map((r) => ({ ...r, retired: r.id === "training" })),
        ],
      }),
    );
    expect(stateRules.reasons.map((r) => r.name.vi).slice(0, 2)).toEqual(["Cầu nguyện", "Cơm trưa"]);
    await lan.hear("state_rules.saved", (e) => e.stateRules.version === stateRules.version);
    const added = stateRules.reasons[0]?.id ?? "";
    const { agent } = await lan.call("agent.set_state", { state: "away", reason: added });
    expect(agent).toMatchObject({ reason: added, overAt: agent.since + 15 * MINUTE });
    await expect(lan.call("agent.set_state", { state: "away", reason: "training" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    const force = { userId: lan.userId, state: "away", reason: "training", note: "Học" } as const;
    await expect(ha.call("agent.force_state", force)).rejects.toMatchObject({ code: "invalid_input" });
    for (const reason of ["missed", "lost", "no-such"])
      await expect(lan.call("agent.set_state", { state: "away", reason })).rejects.toMatchObject({
        code: "invalid_input",
      });
  });

  test("refuses what an older screen saves, what leaves a reason out and two of one name; only who manages people may", async () => {
    await an.call("state_rules.save", lunchFor(30));
    await expect(an.call("state_rules.save", lunchFor(40))).rejects.toMatchObject({ code: "conflict" });
    const { reasons } = defaultStateRules;
    const refused = [
      rules({ version: 2, reasons: reasons.slice(1) }),
      rules({ version: 2, reasons: reasons.map((r) => ({ ...r, retired: true })) }),
      rules({ version: 2, reasons: reasons.map((r) => ({ ...r, name: { vi: "Vắng", en: r.id } })) }),
      rules({ version: 2, reasons: reasons.map((r) => (r.id === "lunch" ? { ...r, id: "dinner" } : r)) }),
    ];
    for (const input of refused)
      await expect(an.call("state_rules.save", input)).rejects.toMatchObject({ code: "invalid_input" });
    await expect(ha.call("state_rules.save", lunchFor(40, 2))).rejects.toMatchObject({ code: "forbidden" });
    const [row] = (await an.call("audit.list", {})).rows.filter((r) => r.action === "state_rules.saved");
    expect(row).toMatchObject({ actorId: an.userId, target: "state_rules" });
    expect(JSON.stringify(row?.detail)).toContain("Ăn trưa 30′");
  });

  test("who is busy or has missed an offer for longer than the rules say is told, too", async () => {
    await an.call("state_rules.save", rules({ maxMinutes: { busy: 20, missed: 5 } }));
    const lan = await w.agent("lan");
    await lan.call("agent.set_state", { state: "busy" });
    await pass(w, 21 * MINUTE);
    expect(overdue(ha)).toMatchObject([{ state: "busy", reason: null }]);
  });
});
