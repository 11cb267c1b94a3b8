import { act, screen, waitFor, within } from "@testing-library/react";
import {
  type AgentFloor,
  AppError,
  defaultThresholds,
  type FloorNotice,
  type Permission,
  type QueueFloor,
  ReportDefinition,
  type WaitingWork,
} from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { id, lan, minh, morning, queueCare } from "../../../../test/renderer/builders.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { ticker } from "../../ui/ticker.ts";
import Floor from "./floor.tsx";

const permissions: Permission[] = [
  "work",
  "conversations.see_all",
  "interactions.assign",
  "floor.see",
  "floor.act",
];

const care: QueueFloor = {
  queueId: queueCare.id,
  waiting: 2,
  offered: 1,
  held: 0,
  opensAt: null,
  expectedWait: 95_000,
  thresholds: defaultThresholds,
  longestSince: morning - 4 * 60_000,
  inProgress: 3,
  available: 2,
  free: 1,
};

const agent = (userId: string, more: Partial<AgentFloor> = {}): AgentFloor => ({
  userId,
  state: "available",
  reason: null,
  since: morning - 60_000,
  overAt: null,
  limits: { call: 1, chat: 3, mail: 5 },
  carries: { call: 0, chat: 1, mail: 0 },
  lost: false,
  inHand: [],
  ...more,
});

const waits = (n: number, more: Partial<WaitingWork> = {}): WaitingWork => ({
  interactionId: id(700 + n),
  version: 4,
  conversationId: id(800 + n),
  customerId: id(900 + n),
  channel: "facebook",
  customerName: `Khách ${n}`,
  state: "waiting",
  waitingSince: morning - n * 60_000,
  boost: 0,
  heldUntil: null,
  offeredTo: null,
  transferredTo: null,
  waitReason: "not_available",
  ...more,
});

async function open(script: Script = {}, hash = `#/floor/${queueCare.id}`) {
  const desk = await scripted(
    {
      "floor.watch": () => ({}),
      "floor.unwatch": () => ({}),
      "floor.notices": () => ({ notices: [] }),
      "floor.line": () => ({
        waiting: [waits(4), waits(1, { state: "offered", offeredTo: lan.id, waitReason: null })],
        more: false,
      }),
      ...script,
    },
    { hash, snapshot: { permissions } },
  );
  ticker.setSkew(morning - Date.now());
  const page = { ...desk, ...show(desk, <Floor />) };
  const tell: typeof desk.tellFloor = (change) => act(() => desk.tellFloor(change));
  return { ...page, tell };
}

const everything = {
  full: true,
  queues: [care],
  agents: [agent(lan.id), agent(minh.id, { state: "offline" })],
};
const commandsSent = (sent: readonly { readonly name: string; readonly input: unknown }[], name: string) =>
  sent.filter((s) => s.name === name).map((s) => s.input);

describe("the live floor", () => {
  test("watches while it is shown, and says in words what is too long", async () => {
    const { tell, sent } = await open();
    await waitFor(() => expect(commandsSent(sent, "floor.watch")).toHaveLength(1));
    expect(screen.getByText("Đang tải", { exact: false })).toBeInTheDocument();
    await tell(everything);
    const row = within(screen.getByRole("table", { name: "Hàng chờ" })).getAllByRole("row")[1];
    expect(row).toHaveTextContent(/Chăm sóc khách hàng.*2.*4:00.*3.*1\/2/);
    expect(within(row as HTMLElement).getByRole("img", { name: "Báo động" })).toBeInTheDocument();
    await tell({ full: false, queues: [{ ...care, longestSince: morning - 90_000 }], agents: [] });
    expect(within(row as HTMLElement).getByRole("img", { name: "Cảnh báo" })).toBeInTheDocument();
    await tell({ full: false, queues: [{ ...care, longestSince: morning - 5_000 }], agents: [] });
    expect(within(row as HTMLElement).queryByRole("img")).toBeNull();
  });

  test("what changes is put in its place and the rest stays; who is offline shows when asked for", async () => {
    const { tell, user } = await open();
    await tell(everything);
    const agents = () =>
      within(screen.getByRole("listbox", { name: "Tổng đài viên" }))
        .getAllByRole("option")
        .map((row) => row.textContent);
    expect(agents()).toHaveLength(1);
    expect(agents()[0]).toMatch(/Nguyễn Thị Lan.*Sẵn sàng.*1\/3 hội thoại/);
    await tell({ full: false, queues: [], agents: [agent(lan.id, { state: "away", reason: "lunch" })] });
    expect(agents()[0]).toContain("Ăn trưa");
    expect(screen.getByRole("row", { name: /Chăm sóc/ })).toHaveTextContent("1/2");
    await user.click(screen.getByRole("checkbox", { name: "Cả người ngoại tuyến" }));
    expect(agents()).toHaveLength(2);
    await tell({ full: false, queues: [], agents: [agent(lan.id, { lost: true })] });
    expect(agents()[0]).toContain("Mất kết nối");
  });

  test("who is over the longest time is marked, and their day opens by Enter", async () => {
    const { tell, user, sent } = await open({
      "agent.history": () => ({
        from: morning - 3_600_000,
        at: morning,
        missed: 2,
        complete: true,
        spans: [
          {
            from: morning - 7_200_000,
            until: morning - 1_800_000,
            state: "available",
            reason: null,
            by: lan.id,
          },
          { from: morning - 1_800_000, until: null, state: "away", reason: "lunch", by: minh.id },
        ],
      }),
    });
    const over = { state: "away", reason: "lunch", overAt: morning - 15 * 60_000 } as const;
    await tell({ ...everything, agents: [agent(lan.id, over)] });
    const row = within(screen.getByRole("listbox", { name: "Tổng đài viên" })).getByRole("option");
    expect(row).toHaveTextContent(/Ăn trưa.*quá 15 phút/);
    await user.click(row);
    await user.keyboard("{Enter}");
    const day = await screen.findByRole("dialog", { name: "Hôm nay của Nguyễn Thị Lan" });
    expect(commandsSent(sent, "agent.history")).toEqual([{ userId: lan.id }]);
    const [now, before] = await within(day).findAllByRole("listitem");
    expect(now).toHaveTextContent(/Ăn trưabởi Trần Quốc Minh.*30 phút/);
    expect(before).toHaveTextContent(/từ hôm trước.*Sẵn sàng.*30 phút/);
    expect(day).toHaveTextContent(/Lời mời bỏ lỡ2/);
  });

  test("who is gone and what became of their work is told, also what happened before this screen was opened", async () => {
    const gone: FloorNotice = {
      seq: 5,
      at: morning - 60_000,
      name: "agent.departed",
      data: {
        agentId: minh.id,
        why: "lost",
        since: morning - 105_000,
        work: [
          { interactionId: id(1), conversationId: id(2), queueId: queueCare.id, customerName: "Khách 9" },
        ],
      },
    };
    const { tell, user } = await open({ "floor.notices": () => ({ notices: [gone] }) });
    await tell(everything);
    await user.click(await screen.findByRole("button", { name: "Thông báo: 1 mới" }));
    const told = screen.getByRole("list", { name: "Thông báo hôm nay" });
    expect(told).toHaveTextContent(
      /Trần Quốc Minh mất kết nối.*1 việc đã trở lại hàng chờ.*Khách 9 · Chăm sóc/,
    );
    await user.keyboard("{Escape}");
    expect(screen.getByRole("button", { name: "Thông báo hôm nay" })).toBeInTheDocument();
  });

  test("the line says why nobody has it, and is steered by keys", async () => {
    const boosted = { interactionId: id(704), version: 4, boost: 1_000, note: "" };
    const { tell, user, sent } = await open({
      "interaction.boost": () => {
        throw new AppError("conflict", "changed");
      },
    });
    await tell(everything);
    const rows = await screen.findAllByRole("option", { name: /Khách/ });
    expect(rows.map((row) => row.textContent)).toEqual([
      expect.stringContaining("Không ai sẵn sàng"),
      expect.stringContaining("Đang mời Nguyễn Thị Lan"),
    ]);
    await user.keyboard("u");
    expect(commandsSent(sent, "interaction.boost")).toEqual([]);
    await user.click(rows[0] as HTMLElement);
    const before = commandsSent(sent, "floor.line").length;
    await user.keyboard("u");
    await waitFor(() =>
      expect(commandsSent(sent, "interaction.boost")).toEqual([
        { interactionId: boosted.interactionId, version: boosted.version, boost: boosted.boost },
      ]),
    );
    // A refusal means that the list is old.
    await waitFor(() => expect(commandsSent(sent, "floor.line").length).toBe(before + 1));
    await user.keyboard("x");
    expect(await screen.findByRole("dialog", { name: "Giao hoặc chuyển" })).toBeInTheDocument();
  });

  test("trying again to assign goes by the work as it is then", async () => {
    let version = 4;
    const { tell, user, sent } = await open({
      "floor.line": () => ({ waiting: [waits(4, { version, waitReason: "closed" })], more: false }),
      "interaction.transfer": () => {
        version = 5;
        throw new AppError("conflict", "changed");
      },
    });
    await tell(everything);
    const row = await screen.findByRole("option", { name: /Khách/ });
    expect(row).toHaveTextContent("Ngoài giờ làm việc, chờ đến giờ mở");
    await user.click(row);
    await user.keyboard("x");
    const dialog = within(await screen.findByRole("dialog", { name: "Giao hoặc chuyển" }));
    const versions = () =>
      commandsSent(sent, "interaction.transfer").map((input) => (input as WaitingWork).version);
    const asked = commandsSent(sent, "floor.line").length;
    await user.click(dialog.getByRole("button", { name: "Giao hoặc chuyển" }));
    await waitFor(() => expect(versions()).toEqual([4]));
    await waitFor(() => expect(commandsSent(sent, "floor.line").length).toBeGreaterThan(asked));
    await user.click(dialog.getByRole("button", { name: "Giao hoặc chuyển" }));
    await waitFor(() => expect(versions()).toEqual([4, 5]));
  });

  test("a take-over goes by the work as the floor tells it when it is sent", async () => {
    const { tell, user, sent } = await open({ "interaction.take_over": () => ({}) as never });
    const holds = (version: number): AgentFloor =>
      agent(lan.id, {
        inHand: [
          {
            interactionId: id(701),
            version,
            conversationId: id(801),
            queueId: queueCare.id,
            channel: "facebook",
            state: "active",
            parkedUntil: null,
            since: morning,
          },
        ],
      });
    await tell({ ...everything, agents: [holds(4)] });
    const agents = within(screen.getByRole("listbox", { name: "Tổng đài viên" }));
    await user.click(agents.getByRole("option"));
    await user.click(screen.getByRole("button", { name: "Nhận thay" }));
    await user.click(await screen.findByRole("menuitem", { name: /: 09:00$/ }));
    const dialog = await screen.findByRole("dialog", { name: "Nhận thay Nguyễn Thị Lan" });
    await tell({ full: false, queues: [], agents: [holds(5)] });
    await user.type(within(dialog).getByRole("textbox", { name: /Lý do/ }), "Gấp{Enter}");
    await waitFor(() =>
      expect(commandsSent(sent, "interaction.take_over")).toEqual([
        { interactionId: id(701), version: 5, note: "Gấp" },
      ]),
    );
  });

  test("who leaves the list is chosen no more", async () => {
    const { tell, user } = await open();
    await tell(everything);
    const agents = within(screen.getByRole("listbox", { name: "Tổng đài viên" }));
    await user.click(agents.getByRole("option"));
    expect(screen.getByRole("button", { name: "Đăng xuất người này" })).toBeEnabled();
    await tell({ full: false, queues: [], agents: [agent(lan.id, { state: "offline" })] });
    expect(screen.getByRole("button", { name: "Đăng xuất người này" })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
    await tell({ full: false, queues: [], agents: [agent(lan.id)] });
    expect(screen.getByRole("button", { name: "Đăng xuất người này" })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
  });

  test("a change that comes before the whole is no floor yet", async () => {
    const { tell } = await open();
    await tell({ full: false, queues: [], agents: [agent(lan.id)] });
    expect(screen.queryByText("Chưa có hàng chờ nào")).toBeNull();
    await tell(everything);
    expect(screen.getByRole("row", { name: /Chăm sóc/ })).toBeInTheDocument();
  });

  test("the wall has the queues' figures and how many agents are in which state, and nothing to press by mistake", async () => {
    const { tell } = await open();
    await tell(everything);
    expect(screen.getByRole("listbox", { name: "Tổng đài viên" })).toBeInTheDocument();
    Object.defineProperty(document, "fullscreenElement", { configurable: true, get: () => document.body });
    act(() => void document.dispatchEvent(new Event("fullscreenchange")));
    Reflect.deleteProperty(document, "fullscreenElement");
    expect(screen.queryByRole("listbox", { name: "Tổng đài viên" })).toBeNull();
    expect(screen.getByRole("list", { name: "Nhân sự" })).toHaveTextContent(/Sẵn sàng ?1/);
    expect(screen.queryByRole("button", { name: /Ngưỡng/ })).toBeNull();
    expect(screen.getByRole("cell", { name: "~1 phút" })).toBeInTheDocument();
  });

  test("today's figures of queues and agents are not 0 before they are known, and count what runs until now", async () => {
    const { tell } = await open();
    await tell(everything);
    expect(screen.getByRole("listbox", { name: "Tổng đài viên" })).not.toHaveTextContent(/hôm nay: 0/);
    expect(screen.getByRole("row", { name: /Chăm sóc/ })).toHaveTextContent(/1\/2––––/);
    const definition = ReportDefinition.parse({});
    const day = { full: true, date: "2026-11-22", definition };
    const sums = { offered: 12, answered: 9, abandoned: 2, levelMet: 8, levelOf: 10 };
    const work = { handled: 4, handlingMs: 480_000, missed: 1, busyMs: 0, idleMs: 60_000 };
    await tell({
      ...everything,
      day: {
        ...day,
        queues: [{ queueId: queueCare.id, ...sums, recentMet: 1, recentOf: 2 }],
        agents: [{ userId: lan.id, ...work, running: { what: "busy", since: morning - 60_000 } }],
      },
    });
    const row = within(screen.getByRole("table", { name: "Hàng chờ" })).getAllByRole("row")[1];
    expect(row).toHaveTextContent(/50.*80.*9.*2/);
    const option = within(screen.getByRole("listbox", { name: "Tổng đài viên" })).getByRole("option");
    expect(option).toHaveTextContent(/hôm nay: 4.*hôm nay: 02:00.*hôm nay: 1.*hôm nay: 50/);
  });

  test("thresholds are saved with what was there before, and nothing that is no number", async () => {
    const { tell, user, sent } = await open({ "floor.set_thresholds": ({ thresholds }) => ({ thresholds }) });
    await tell(everything);
    await user.click(screen.getByRole("button", { name: "Ngưỡng của Chăm sóc khách hàng" }));
    const dialog = within(await screen.findByRole("dialog"));
    const waiting = within(dialog.getByRole("group", { name: "Số đang chờ, từ" }));
    await user.type(waiting.getByRole("textbox", { name: "Báo động" }), "x");
    expect(dialog.getByRole("button", { name: "Lưu" })).toBeDisabled();
    await user.type(waiting.getByRole("textbox", { name: "Báo động" }), "{Backspace}6{Enter}");
    await waitFor(() =>
      expect(commandsSent(sent, "floor.set_thresholds")).toEqual([
        {
          queueId: queueCare.id,
          was: defaultThresholds,
          thresholds: { ...defaultThresholds, waiting: { warn: null, alarm: 6 } },
        },
      ]),
    );
  });

  test("what is done to an agent needs a reason, which goes along", async () => {
    const { tell, user, sent } = await open({ "agent.sign_out": () => ({}) });
    await tell(everything);
    const agents = within(screen.getByRole("listbox", { name: "Tổng đài viên" }));
    await user.click(agents.getByRole("option"));
    await user.click(screen.getByRole("button", { name: "Đăng xuất người này" }));
    const dialog = await screen.findByRole("dialog", { name: "Đăng xuất Nguyễn Thị Lan" });
    await user.keyboard("{Enter}");
    expect(commandsSent(sent, "agent.sign_out")).toEqual([]);
    await user.type(within(dialog).getByRole("textbox", { name: /Lý do/ }), "Hết ca{Enter}");
    await waitFor(() =>
      expect(commandsSent(sent, "agent.sign_out")).toEqual([{ userId: lan.id, note: "Hết ca" }]),
    );
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
  });

  test("a lost line keeps the last figures and says so; a refusal and an empty floor are explained", async () => {
    const { tell, drop, client, connect, sent } = await open();
    await tell(everything);
    act(() => drop());
    expect(screen.getByText(/số liệu dưới đây là lúc còn kết nối/)).toBeInTheDocument();
    expect(screen.getByRole("row", { name: /Chăm sóc/ })).toBeInTheDocument();
    act(() => connect());
    await waitFor(() => expect(client.store.getState().connection.status).toBe("live"));
    await waitFor(() => expect(commandsSent(sent, "floor.watch")).toHaveLength(2));
    await tell({ full: true, queues: [], agents: [] });
    expect(screen.getByText("Chưa có hàng chờ nào")).toBeInTheDocument();
  });

  test("what is refused is told in place of the figures", async () => {
    await open({
      "floor.watch": () => {
        throw new AppError("forbidden", "no");
      },
    });
    expect(await screen.findByText("Không xem được tình hình lúc này")).toBeInTheDocument();
  });
});
