import type { CommandInput, Disposition, WrapUpRules } from "@tongdai/shared";
import { defaultWrapUpRules } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Person } from "../support/person.ts";
import { type Talk, talk } from "../support/talk.ts";
import { interactions, pass } from "../support/work.ts";
import { type World, world } from "../support/world.ts";

const tree: Disposition[] = [
  { name: "Đã giải quyết", resolved: true },
  {
    name: "Khiếu nại",
    resolved: true,
    children: [
      { name: "Giao chậm", resolved: false },
      { name: "Hàng lỗi", resolved: false, children: [{ name: "Đổi mới", resolved: true }] },
    ],
  },
];
const form: WrapUpRules["form"] = [
  { id: "order", label: "Mã đơn", kind: "text", required: true, options: [] },
  { id: "how", label: "Cách xử lý", kind: "choice", required: false, options: ["Đổi", "Trả"] },
  { id: "again", label: "Gọi lại", kind: "yes_no", required: false, options: [] },
  { id: "parcels", label: "Số kiện", kind: "number", required: false, options: [] },
  { id: "day", label: "Ngày hẹn", kind: "date", required: false, options: [] },
];

describe.each(["sqlite", "postgres"] as const)("how work ends on %s", (engine) => {
  let w: World;
  let t: Talk;
  let admin: Person;
  beforeEach(async () => {
    w = await world({ engine });
    t = await talk(w);
    admin = await w.person("quantri", { roles: ["admin"] });
  });
  afterEach(() => w.close());

  const save = (o: { dispositions?: Disposition[]; wrapUp?: Partial<WrapUpRules> }) =>
    admin.call("queue.save", {
      id: w.queueId,
      name: "Chăm sóc khách hàng",
      memberIds: [t.agent.userId],
      dispositions: o.dispositions ?? tree,
      ...(o.wrapUp ? { wrapUp: { ...defaultWrapUpRules, ...o.wrapUp } } : {}),
    });
  const only = async () => (await interactions(w)).find((i) => i.id === t.interaction.id);
  const close = async (o: Partial<CommandInput<"interaction.close">>) =>
    t.agent.call("interaction.close", {
      interactionId: t.interaction.id,
      version: (await only())?.version ?? 0,
      ...o,
    });

  test("only a leaf of the tree is chosen, and it says whether the matter is done", async () => {
    await save({});
    for (const disposition of ["Khiếu nại", "Giao chậm", "Khiếu nại › Hàng lỗi", "Không có"])
      await expect(close({ disposition })).rejects.toMatchObject({
        code: "invalid_input",
        details: { field: "disposition" },
      });
    const { interaction, ticket } = await close({ disposition: "Khiếu nại › Giao chậm" });
    expect(interaction).toMatchObject({ state: "closed", disposition: "Khiếu nại › Giao chậm" });
    expect(ticket).not.toBeNull();
  });

  test("who knows better than the code says so", async () => {
    await save({});
    const { ticket } = await close({ disposition: "Khiếu nại › Giao chậm", resolved: true });
    expect(ticket).toBeNull();
  });

  test("without one nothing is closed, unless the queue does not ask", async () => {
    await save({});
    await expect(close({})).rejects.toMatchObject({ code: "disposition_required" });
    expect((await only())?.state).toBe("active");
    await save({ wrapUp: { needsDisposition: false } });
    const { interaction, ticket } = await close({});
    expect(interaction).toMatchObject({ state: "closed", disposition: null });
    expect(ticket).toBeNull();
  });

  test("what was said stays readable when its code is taken away", async () => {
    await save({});
    await close({ disposition: "Khiếu nại › Hàng lỗi › Đổi mới" });
    await save({ dispositions: [{ name: "Khác", resolved: true }] });
    const { entries } = await t.agent.call("interaction.history", { interactionId: t.interaction.id });
    expect(entries.at(-1)).toMatchObject({ disposition: "Khiếu nại › Hàng lỗi › Đổi mới" });
  });

  test.each([
    ["two of a name together", [tree[0], tree[0]]],
    [
      "four levels",
      [
        {
          name: "a",
          resolved: true,
          children: [
            {
              name: "b",
              resolved: true,
              children: [{ name: "c", resolved: true, children: [{ name: "d", resolved: true }] }],
            },
          ],
        },
      ],
    ],
    ["a name with the mark of a path", [{ name: "a › b", resolved: true }]],
    ["a group of nothing", [{ name: "a", resolved: true, children: [] }]],
    ["nothing", []],
  ])("a tree is refused with %s", async (_, dispositions) => {
    await expect(save({ dispositions: dispositions as Disposition[] })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });

  test("the form is checked, kept with the work, and read in history, timeline and reports", async () => {
    await save({ wrapUp: { form } });
    const disposition = "Đã giải quyết";
    const wrong = [
      [{}, "form.order", "required"],
      [{ order: "  " }, "form.order", "required"],
      [{ order: "DH1", how: "Bỏ" }, "form.how", "invalid"],
      [{ order: "DH1", again: "có" }, "form.again", "invalid"],
      [{ order: "DH1", parcels: "2" }, "form.parcels", "invalid"],
      [{ order: "DH1", day: "31/12/2026" }, "form.day", "invalid"],
      [{ order: "DH1", stranger: "x" }, "form.stranger", "invalid"],
    ] as const;
    for (const [answers, field, problem] of wrong)
      await expect(close({ disposition, form: { ...answers } })).rejects.toMatchObject({
        code: "invalid_input",
        details: { field, problem },
      });
    await close({
      disposition,
      form: { order: " DH1 ", how: "Đổi", again: false, parcels: 2, day: "2026-12-31" },
    });
    // The fields are gone, the answers stay.
    await save({ wrapUp: { form: [] } });
    const { entries } = await t.agent.call("interaction.history", { interactionId: t.interaction.id });
    expect(entries.at(-1)?.form).toEqual([
      { label: "Mã đơn", kind: "text", value: "DH1" },
      { label: "Cách xử lý", kind: "choice", value: "Đổi" },
      { label: "Gọi lại", kind: "yes_no", value: false },
      { label: "Số kiện", kind: "number", value: 2 },
      { label: "Ngày hẹn", kind: "date", value: "2026-12-31" },
    ]);
    const words = "Mã đơn: DH1; Cách xử lý: Đổi; Gọi lại: ✗; Số kiện: 2; Ngày hẹn: 2026-12-31";
    const { entries: timeline } = await t.agent.call("customer.timeline", {
      customerId: t.interaction.customerId,
    });
    expect(timeline.find((e) => e.name === "interaction.closed")?.summary).toBe(`${disposition} · ${words}`);
    const boss = await w.person("ha", { roles: ["supervisor"], queues: "none" });
    const today = new Date(w.clock.now() + 7 * 3_600_000).toISOString().slice(0, 10);
    const csv = await fetch(
      `${w.gateway.url}/api/v1/reports/facts.csv?of=segments&from=${today}&to=${today}`,
      { headers: { authorization: `Bearer ${boss.token}` } },
    );
    expect(await csv.text()).toContain(words);
  });

  test("the time to wrap up is extended as often as the queue allows, and is over in the end", async () => {
    await save({ wrapUp: { extensions: 2, extendSeconds: 30 } });
    const ended = await t.agent.call("interaction.end", {
      interactionId: t.interaction.id,
      version: t.interaction.version,
    });
    const first = ended.interaction.wrapUpUntil ?? 0;
    const extend = async () =>
      t.agent.call("interaction.extend_wrap_up", {
        interactionId: t.interaction.id,
        version: (await only())?.version ?? 0,
      });
    const { interaction } = await extend();
    expect(interaction).toMatchObject({ wrapUpUntil: first + 30_000, extensions: 1 });
    await extend();
    await expect(extend()).rejects.toMatchObject({ code: "extensions_used" });
    await pass(w, first + 60_000 - w.clock.now() - 1);
    expect((await only())?.state).toBe("wrap_up");
    await pass(w, 1);
    expect(await only()).toMatchObject({ state: "closed", disposition: null });
    const { entries } = await t.agent.call("interaction.history", { interactionId: t.interaction.id });
    expect(entries.filter((e) => e.name === "interaction.extended")).toHaveLength(2);
  });

  test("each wrap-up has its own extensions, and only a wrap-up has any", async () => {
    await save({ wrapUp: { extensions: 1, extendSeconds: 30 } });
    const input = async () => ({ interactionId: t.interaction.id, version: (await only())?.version ?? 0 });
    await expect(t.agent.call("interaction.extend_wrap_up", await input())).rejects.toMatchObject({
      code: "illegal_transition",
    });
    await t.agent.call("interaction.end", await input());
    await t.agent.call("interaction.extend_wrap_up", await input());
    await t.customer.text("Còn một câu");
    await w.settle();
    await t.agent.call("interaction.end", await input());
    const { interaction } = await t.agent.call("interaction.extend_wrap_up", await input());
    expect(interaction.extensions).toBe(1);
  });
});
