import { screen, waitFor, within } from "@testing-library/react";
import {
  type AgentState,
  AppError,
  type CommandParsed,
  noSums,
  type Queue,
  type ReplayResult,
  type ReplaySide,
  type ReportSums,
  type Skill,
} from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { agent, ha, id, lan, minh, queueCare } from "../../../../test/renderer/builders.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { formatRoute } from "../../state/route.ts";
import Settings from "./settings.tsx";

const runId = id(700);

function side(change: Partial<ReportSums>, p90WaitMs: number): ReplaySide {
  const sums = {
    ...noSums(),
    offered: 100,
    answered: 95,
    abandoned: 5,
    levelOf: 100,
    levelMet: 80,
    ...change,
  };
  const row = (key: string | null) => ({ key, sums, p90WaitMs, longestWaitMs: 300_000 });
  return { total: row(null), queues: [row(queueCare.id)], hours: [row("09")], agents: [row("added-1-2")] };
}

const result: ReplayResult = {
  day: "2026-11-20",
  timeZone: "Asia/Ho_Chi_Minh",
  recorded: side({ levelMet: 79 }, 90_000),
  replayed: side({}, 92_000),
  changed: side({ levelMet: 92, abandoned: 7, busyMs: 60, idleMs: 40 }, 41_000),
  notes: [{ code: "patience", count: 95 }],
};

const row = result.changed.total;

async function open(
  script: Script = {},
  permissions = ["agents.see", "replay.run", "people.manage"],
  at: { hash?: string; queues?: Queue[]; agents?: AgentState[]; skills?: Skill[] } = {},
) {
  const desk = await scripted(
    {
      "replay.start": () => ({ runId }),
      "replay.look": () => ({ state: "done", result }),
      "replay.cancel": () => ({}),
      ...script,
    },
    {
      hash: at.hash ?? "#/settings/replay",
      snapshot: {
        permissions: permissions as never,
        users: [lan, minh, ha],
        queues: at.queues ?? [queueCare],
        agents: at.agents ?? [],
        skills: at.skills ?? [],
      },
    },
  );
  return { ...desk, ...show(desk, <Settings />) };
}

const press = (name: string | RegExp) => screen.getByRole("button", { name });
const started = (sent: readonly { readonly name: string; readonly input: unknown }[]) =>
  sent.findLast((s) => s.name === "replay.start")?.input as CommandParsed<"replay.start"> | undefined;

describe("replay", () => {
  test("shows the three sides beside each other, with differences in sign and word, and what was assumed", async () => {
    const { user } = await open();
    expect(screen.getByText("Chưa chạy ngày nào")).toBeVisible();
    await user.click(press("Chạy lại"));
    const [table] = await screen.findAllByRole("table");
    if (!table) throw new Error("no table");
    expect(within(table).getByRole("row", { name: /^Mức phục vụ/ })).toHaveTextContent(
      "Mức phục vụ79,0%80,0%92,0%+12,0%tốt hơn",
    );
    expect(within(table).getByRole("row", { name: /^90% chờ/ })).toHaveTextContent(
      "01:3001:3200:41−00:51tốt hơn",
    );
    expect(within(table).getByRole("row", { name: /^Bỏ/ })).toHaveTextContent("557+2kém hơn");
    expect(within(table).getByRole("row", { name: /^Chờ lâu nhất/ })).toHaveTextContent("=như nhau");
    expect(screen.getByRole("img", { name: "Mức phục vụ theo giờ" })).toBeVisible();
    expect(screen.getByText(/Khách đã được trả lời: 95/)).toBeVisible();
    expect(screen.getByText(/^Không chạy lại: việc giám sát làm bằng tay/)).toBeVisible();
    await user.click(screen.getByRole("combobox", { name: "Xem theo" }));
    await user.click(await screen.findByRole("option", { name: "Tổng đài viên" }));
    expect(await screen.findByRole("row", { name: /^Người thêm 1.2/ })).toBeVisible();
  });

  test("a day on which nobody came is told as such, without a table of dashes", async () => {
    const nobody = side({ offered: 0, answered: 0, abandoned: 0, levelOf: 0, levelMet: 0 }, 0);
    const empty = { ...result, recorded: nobody, replayed: nobody, changed: nobody };
    const { user } = await open({ "replay.look": () => ({ state: "done", result: empty }) });
    await user.click(press("Chạy lại"));
    expect(await screen.findByText("Ngày 20/11/2026 không ghi lượt nào")).toBeVisible();
    expect(screen.queryByRole("table")).toBeNull();
  });

  test("asks what was chosen; the day before is proposed", async () => {
    const { user, sent } = await open();
    await user.click(press("Thêm dòng người"));
    await user.clear(screen.getByLabelText("Số người (+/−)"));
    await user.type(screen.getByLabelText("Số người (+/−)"), "-2");
    await user.clear(screen.getByLabelText("Thêm hoặc bớt việc"));
    await user.type(screen.getByLabelText("Thêm hoặc bớt việc"), "20");
    await user.click(press("Chạy lại"));
    await waitFor(() =>
      expect(started(sent)).toMatchObject({
        day: "2026-11-20",
        changes: {
          arrivalsPercent: 20,
          staff: [{ queueId: queueCare.id, count: -2, fromHour: 8, toHour: 18 }],
        },
      }),
    );
  });

  test("the day and the queue of a report are carried over, and back", async () => {
    const first = { ...queueCare, id: id(50), name: "An toàn" };
    const changed = { ...result.changed, queues: [first, queueCare].map((q) => ({ ...row, key: q.id })) };
    const { user, sent, client } = await open(
      { "replay.look": () => ({ state: "done", result: { ...result, changed } }) },
      ["replay.run", "reports.see"],
      { hash: `#/settings/replay/2026-11-18/${queueCare.id}`, queues: [first, queueCare] },
    );
    expect(screen.getByLabelText("Ngày")).toHaveValue("2026-11-18");
    await user.click(press("Thêm dòng người"));
    await user.click(press("Chạy lại"));
    await waitFor(() =>
      expect(started(sent)).toMatchObject({
        day: "2026-11-18",
        changes: { staff: [{ queueId: queueCare.id }] },
      }),
    );
    const [, byQueue] = await screen.findAllByRole("table");
    if (!byQueue) throw new Error("no table");
    expect(
      within(byQueue)
        .getAllByRole("rowheader")
        .map((cell) => cell.textContent),
    ).toEqual([queueCare.name, "An toàn"]);
    await user.click(press("Báo cáo ngày này"));
    expect(formatRoute(client.store.getState().ui.route)).toBe(`#/reports/2026-11-18/${queueCare.id}`);
  });

  test("a number that makes no sense is told at its field, and nothing is asked", async () => {
    const { user, sent } = await open();
    const field = screen.getByLabelText("Việc dài hoặc ngắn hơn");
    await user.clear(field);
    await user.type(field, "900{Enter}");
    expect(field).toHaveAccessibleDescription("Từ -90 đến 300");
    expect(started(sent)).toBeUndefined();
  });

  test("rules are changed in the queue's own form, tried without being saved, and then applied by saving that form", async () => {
    const { user, sent } = await open({ "queue.save": () => ({ queue: queueCare }) });
    await user.click(screen.getByRole("combobox", { name: "Đổi quy tắc của hàng chờ…" }));
    await user.click(await screen.findByRole("option", { name: queueCare.name }));
    const dialog = await screen.findByRole("dialog", { name: `Thử với ${queueCare.name}` });
    await user.click(within(dialog).getByRole("tab", { name: "Tìm người" }));
    await user.click(within(dialog).getByRole("radio", { name: /Lần lượt/ }));
    await user.click(within(dialog).getByRole("button", { name: "Dùng khi chạy lại" }));
    await user.click(press("Chạy lại"));
    await waitFor(() => expect(started(sent)?.changes.queues[0]?.rules?.strategy).toBe("round_robin"));
    expect(started(sent)?.changes.queues[0]?.waiting).toEqual(queueCare.waiting);
    expect(sent.some((s) => s.name === "queue.save")).toBe(false);

    await user.click(press("Áp dụng…"));
    const form = await screen.findByRole("dialog", { name: new RegExp(queueCare.name) });
    expect(sent.some((s) => s.name === "queue.save")).toBe(false);
    await user.click(within(form).getByRole("button", { name: "Lưu" }));
    await waitFor(() =>
      expect(sent.findLast((s) => s.name === "queue.save")?.input).toMatchObject({
        id: queueCare.id,
        rules: { strategy: "round_robin" },
      }),
    );
  });

  test("what a person can do is tried without being saved, and then applied by saving the person's own form", async () => {
    const skill = { id: id(60), name: "Hoá đơn", version: 1 };
    const { user, sent } = await open({ "user.update": () => ({ user: lan }) }, undefined, {
      skills: [skill],
      agents: [agent(lan)],
    });
    await user.click(screen.getByRole("combobox", { name: "Đổi kỹ năng, sức nhận việc của…" }));
    expect(screen.queryByRole("option", { name: minh.name })).toBeNull();
    await user.click(await screen.findByRole("option", { name: lan.name }));
    const dialog = await screen.findByRole("dialog", { name: `Thử với ${lan.name}` });
    const chats = within(dialog).getByLabelText(/^Hội thoại/);
    await user.clear(chats);
    await user.type(chats, "900{Enter}");
    expect(chats).toHaveAccessibleDescription("Từ 0 đến 50");
    await user.clear(chats);
    await user.type(chats, "7");
    await user.click(within(dialog).getByRole("button", { name: /Thêm kỹ năng/ }));
    await user.type(chats, "{Enter}");
    expect(started(sent)).toBeUndefined();
    const ability = { skills: { [skill.id]: 3 }, limits: { ...agent(lan).limits, chat: 7 } };
    await user.click(press("Chạy lại"));
    await waitFor(() => expect(started(sent)?.changes.people).toEqual([{ userId: lan.id, ...ability }]));
    expect(screen.getByText(/Hoá đơn 3/)).toBeVisible();
    expect(sent.some((s) => s.name === "user.update")).toBe(false);

    await user.click(press("Áp dụng…"));
    const form = await screen.findByRole("dialog", { name: new RegExp(lan.name) });
    await user.click(within(form).getByRole("button", { name: "Lưu" }));
    await waitFor(() =>
      expect(sent.findLast((s) => s.name === "user.update")?.input).toMatchObject({
        userId: lan.id,
        ...ability,
      }),
    );
  });

  test("a person whose changes are dropped is as on that day again", async () => {
    const { user, sent } = await open({}, ["replay.run"], { agents: [agent(lan)] });
    await user.click(screen.getByRole("combobox", { name: "Đổi kỹ năng, sức nhận việc của…" }));
    await user.click(await screen.findByRole("option", { name: lan.name }));
    await user.click(await screen.findByRole("button", { name: "Dùng khi chạy lại" }));
    expect(screen.queryByRole("button", { name: "Áp dụng…" })).toBeNull();
    await user.click(press(`Bỏ thay đổi của ${lan.name}`));
    await user.click(press("Chạy lại"));
    await waitFor(() => expect(started(sent)?.changes.people).toEqual([]));
  });

  test("who may not save queues can try, and is not asked to apply", async () => {
    const { user } = await open({}, ["work", "agents.see", "replay.run"]);
    await user.click(screen.getByRole("combobox", { name: "Đổi quy tắc của hàng chờ…" }));
    await user.click(await screen.findByRole("option", { name: queueCare.name }));
    await user.click(await screen.findByRole("button", { name: "Dùng khi chạy lại" }));
    expect(screen.queryByRole("button", { name: "Áp dụng…" })).toBeNull();
  });

  test("says how far it is, and can be cancelled", async () => {
    const { user, sent } = await open({ "replay.look": () => ({ state: "running", part: 0.4 }) });
    await user.click(press("Chạy lại"));
    expect(await screen.findByRole("progressbar", { name: "Đang chạy lại" })).toHaveAttribute(
      "aria-valuetext",
      "40%",
    );
    await user.click(press("Huỷ"));
    await waitFor(() => expect(sent.findLast((s) => s.name === "replay.cancel")?.input).toEqual({ runId }));
    expect(press("Chạy lại")).toBeVisible();
  });

  test("a refusal is told, and what was chosen stays", async () => {
    const { user } = await open({
      "replay.start": () => {
        throw new AppError("rate_limited", "two run");
      },
    });
    await user.click(press("Thêm dòng người"));
    await user.click(press("Chạy lại"));
    expect(await screen.findByRole("alert")).toHaveTextContent("Không chạy lại được.");
    expect(screen.getByLabelText("Số người (+/−)")).toHaveValue("1");
  });
});
