import { screen, waitFor, within } from "@testing-library/react";
import {
  AppError,
  type CommandOutput,
  type CommandParsed,
  NO_TEAM,
  noSums,
  type ReportSegment,
  type ReportSums,
} from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { id, lan, morning, queueCare } from "../../../../test/renderer/builders.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { formatRoute } from "../../state/route.ts";
import Reports from "./reports.tsx";

const sums: ReportSums = {
  ...noSums(),
  offered: 12,
  answered: 10,
  answeredInTime: 9,
  levelMet: 9,
  levelOf: 11,
  waitMs: 300_000,
  handled: 10,
  talkMs: 1_200_000,
  wrapUpMs: 300_000,
  abandoned: 2,
  shortAbandoned: 1,
  offersMissed: 3,
  busyMs: 30,
  idleMs: 10,
};

const segment: ReportSegment = {
  id: 7,
  interactionId: id(900),
  conversationId: id(901),
  customerId: id(902),
  queueId: queueCare.id,
  channel: "facebook",
  part: 0,
  origin: "customer",
  arrivedAt: morning,
  openedAt: morning,
  openedBy: "customer",
  offers: [],
  acceptedAt: morning + 30_000,
  agentId: lan.id,
  repliedAt: null,
  talkMs: 120_000,
  holdMs: 0,
  parkedMs: 0,
  wrapUpMs: 20_000,
  running: null,
  endedAt: morning + 170_000,
  endId: 9,
  outcome: "closed",
  disposition: null,
  form: [],
  resolved: null,
  lastClosedAt: null,
  returnedAt: null,
};

function answer(input: CommandParsed<"report.query">): CommandOutput<"report.query"> {
  const key = {
    queue: queueCare.id,
    agent: lan.id,
    team: NO_TEAM,
    channel: "facebook",
    hour: "09",
    day: input.from,
  };
  return {
    rows: [{ key: key[input.groupBy], sums }],
    total: sums,
    timeZone: "Asia/Ho_Chi_Minh",
    at: morning,
    complete: true,
  };
}

async function open(script: Script = {}, hash = "#/reports", permissions = ["work", "reports.see"]) {
  const desk = await scripted(
    { "report.query": answer, ...script },
    { hash, snapshot: { permissions: permissions as never } },
  );
  return { ...desk, ...show(desk, <Reports />) };
}

type Asked = CommandParsed<"report.query">;
const asked = (sent: readonly { readonly name: string; readonly input: unknown }[]): Asked | undefined =>
  sent.findLast((s) => s.name === "report.query" && (s.input as Asked).groupBy !== "hour")?.input as Asked;

describe("reports", () => {
  test("show each queue's numbers, the total, and what service level means", async () => {
    await open();
    const row = await screen.findByRole("row", { name: /^Chăm sóc khách hàng/ });
    const texts = within(row)
      .getAllByRole("button")
      .map((button) => button.textContent);
    expect(texts).toEqual([
      "12",
      "0",
      "10",
      "82%",
      "00:30",
      "02:30",
      "02:00",
      "00:00",
      "00:30",
      "2 (9%)",
      "0",
      "3",
      "–",
    ]);
    expect(screen.getByRole("row", { name: /^Tổng/ })).toBeVisible();
    expect(
      screen.getByText(/trả lời trong 60 giây, trên mọi lượt đến trừ lượt bỏ trước 10 giây/),
    ).toBeVisible();
    expect(screen.getByRole("img", { name: "Lượt đến theo giờ" })).toBeVisible();
    expect(screen.getByText("09 giờ: 12 lượt đến, 9 lượt trả lời đúng hạn")).toBeInTheDocument();
  });

  test("another definition is asked for and said beside the numbers", async () => {
    const { user, sent, clock } = await open();
    await screen.findByRole("row", { name: /^Tổng/ });
    await user.click(screen.getByRole("combobox", { name: "Cách tính mức phục vụ" }));
    await user.click(await screen.findByRole("option", { name: "Đúng hạn / lượt được trả lời" }));
    const target = screen.getByLabelText("Hạn trả lời (giây)");
    await user.clear(target);
    await user.type(target, "120");
    clock.advance(1_000);
    expect(await screen.findByText(/trả lời trong 120 giây, trên các lượt được trả lời/)).toBeVisible();
    expect(asked(sent)?.definition).toMatchObject({ level: "of_answered", targetSeconds: 120 });
  });

  test("a number that makes no sense is told at its field, and changes nothing", async () => {
    const { user, sent, clock } = await open();
    await screen.findByRole("row", { name: /^Tổng/ });
    const target = screen.getByLabelText("Hạn trả lời (giây)");
    await user.clear(target);
    await user.type(target, "0");
    clock.advance(1_000);
    expect(target).toHaveAccessibleDescription("Từ 1 đến 86400");
    expect(asked(sent)?.definition.targetSeconds).toBe(60);
    await user.type(target, "9");
    expect(target).not.toBeInvalid();
  });

  test("today is the contact centre's, wherever this computer is", async () => {
    const { sent } = await open({
      "report.query": (input) => ({ ...answer(input), timeZone: "Pacific/Honolulu" }),
    });
    await waitFor(() => expect(asked(sent)).toMatchObject({ from: "2026-11-20", to: "2026-11-20" }));
  });

  test("by agent there is occupancy too; days of one's own are asked for once they make sense", async () => {
    const { user, sent } = await open();
    await screen.findByRole("row", { name: /^Tổng/ });
    await user.click(screen.getByRole("combobox", { name: "Xem theo" }));
    await user.click(await screen.findByRole("option", { name: "Tổng đài viên" }));
    const row = await screen.findByRole("row", { name: /^Nguyễn Thị Lan/ });
    expect(within(row).getByRole("button", { name: "Bận, Nguyễn Thị Lan: 75%" })).toBeVisible();
    await user.click(screen.getByRole("combobox", { name: "Khoảng thời gian" }));
    await user.click(await screen.findByRole("option", { name: "Chọn ngày" }));
    await user.clear(screen.getByLabelText("Từ ngày"));
    await user.type(screen.getByLabelText("Từ ngày"), "2026-11-30");
    expect(await screen.findByText("Chọn từ 1 đến 100 ngày")).toBeVisible();
    expect(asked(sent)).toMatchObject({ from: "2026-11-21", to: "2026-11-21" });
    await user.clear(screen.getByLabelText("Từ ngày"));
    await user.type(screen.getByLabelText("Từ ngày"), "2026-11-01");
    await waitFor(() => expect(asked(sent)).toMatchObject({ from: "2026-11-01", to: "2026-11-21" }));
  });

  test("a number opens its rows, and a row its conversation", async () => {
    const wrapped: ReportSegment = {
      ...segment,
      parkedMs: 300_000,
      disposition: "Đổi máy",
      form: [
        { label: "Mã đơn", kind: "text", value: "DH-7" },
        { label: "Hoàn tiền", kind: "yes_no", value: true },
      ],
    };
    const { user, sent, client } = await open({
      "report.rows": ({ cursor }) =>
        cursor
          ? { segments: [{ ...segment, id: 6, queueId: id(99) }], stretches: [], next: null }
          : { segments: [wrapped], stretches: [], next: "1_7" },
    });
    await user.click(await screen.findByRole("button", { name: "Bỏ, Chăm sóc khách hàng: 2 (9%)" }));
    const dialog = await screen.findByRole("dialog", { name: "Bỏ: Chăm sóc khách hàng" });
    const row = await within(dialog).findByRole("row", { name: /21\/11\/2026 09:00:00/ });
    expect(row).toHaveTextContent(
      "Chăm sóc khách hàngNguyễn Thị Lan00:3002:0005:0000:20Đã đóngĐổi máy · Mã đơn: DH-7 · Hoàn tiền: Có",
    );
    expect(sent.findLast((s) => s.name === "report.rows")?.input).toMatchObject({
      measure: "abandoned",
      group: { by: "queue", key: queueCare.id },
    });
    await user.click(within(dialog).getByRole("button", { name: "Xem thêm" }));
    await waitFor(() => expect(within(dialog).getAllByRole("row")).toHaveLength(3));
    await user.click(within(row).getByRole("button", { name: "Mở hội thoại" }));
    expect(formatRoute(client.store.getState().ui.route)).toBe(`#/inbox/${segment.conversationId}`);
  });

  test("a refusal is told in its place, nothing at all is explained, and what is not complete says so", async () => {
    let turn = 0;
    const empty = (input: Asked) => ({ ...answer(input), rows: [], total: noSums(), complete: false });
    const { user } = await open({
      "report.query": (input) => {
        if (turn++ < 2) throw new AppError("unavailable", "no");
        return empty(input);
      },
    });
    await user.click(await screen.findByRole("button", { name: "Thử lại" }));
    expect(await screen.findByText("Chưa có lượt nào trong những ngày này")).toBeVisible();
    expect(screen.getByText(/số liệu chưa đủ/)).toBeVisible();
  });

  test("a day that goes on is counted anew, one that is over is not", async () => {
    const { user, sent, clock } = await open();
    await screen.findByRole("row", { name: /^Tổng/ });
    expect(screen.getByText(/Tính lúc 09:00:00/)).toBeVisible();
    const asked = () => sent.filter((s) => s.name === "report.query").length;
    const first = asked();
    clock.advance(30_000);
    await waitFor(() => expect(asked()).toBe(first + 2));
    await user.click(screen.getByRole("combobox", { name: "Khoảng thời gian" }));
    await user.click(await screen.findByRole("option", { name: "Hôm qua" }));
    await waitFor(() => expect(asked()).toBe(first + 4));
    clock.advance(120_000);
    await screen.findByRole("row", { name: /^Tổng/ });
    expect(asked()).toBe(first + 4);
  });

  test("while another choice is being counted it says so, and the old numbers stand", async () => {
    const { user, drop, connect } = await open();
    await screen.findByRole("row", { name: /^Tổng/ });
    drop();
    await user.click(screen.getByRole("combobox", { name: "Khoảng thời gian" }));
    await user.click(await screen.findByRole("option", { name: "Hôm qua" }));
    expect(screen.getByText("Đang tính…")).toBeVisible();
    expect(screen.getByRole("row", { name: /^Tổng/ })).toBeVisible();
    connect();
    await waitFor(() => expect(screen.queryByText("Đang tính…")).toBeNull());
  });

  test("a day that somebody came for is shown, of its queue alone, without agents' time, which is of no queue", async () => {
    const { user, sent } = await open({}, `#/reports/2026-11-18/${queueCare.id}`);
    const day = { from: "2026-11-18", to: "2026-11-18" };
    await waitFor(() => expect(asked(sent)).toMatchObject({ ...day, filter: { queueId: queueCare.id } }));
    await user.click(screen.getByRole("combobox", { name: "Xem theo" }));
    await user.click(await screen.findByRole("option", { name: "Tổng đài viên" }));
    await waitFor(() => expect(asked(sent)?.groupBy).toBe("agent"));
    await screen.findByRole("row", { name: /^Nguyễn Thị Lan/ });
    expect(screen.queryByRole("columnheader", { name: "Bận" })).toBeNull();
    await user.click(screen.getByRole("combobox", { name: "Hàng chờ" }));
    await user.click(await screen.findByRole("option", { name: "Mọi hàng chờ" }));
    await waitFor(() => expect(asked(sent)).toMatchObject({ ...day, filter: {} }));
    expect(await screen.findByRole("columnheader", { name: "Bận" })).toBeVisible();
  });

  test("a day, and the queue behind a number, can be run again; several days at once cannot", async () => {
    const rows = {
      "report.rows": () => ({ segments: [segment], stretches: [], next: null }),
    } satisfies Script;
    const { user, client } = await open(rows, "#/reports", ["work", "reports.see", "replay.run"]);
    await user.click(await screen.findByRole("button", { name: "Chạy lại ngày này" }));
    expect(formatRoute(client.store.getState().ui.route)).toBe("#/settings/replay/2026-11-21");
    await user.click(screen.getByRole("button", { name: "Đến, Chăm sóc khách hàng: 12" }));
    const dialog = await screen.findByRole("dialog");
    await user.click(await within(dialog).findByRole("button", { name: "Chạy lại ngày này" }));
    expect(formatRoute(client.store.getState().ui.route)).toBe(
      `#/settings/replay/2026-11-21/${queueCare.id}`,
    );
    await user.keyboard("{Escape}");
    await user.click(screen.getByRole("combobox", { name: "Khoảng thời gian" }));
    await user.click(await screen.findByRole("option", { name: "7 ngày" }));
    expect(screen.queryByRole("button", { name: "Chạy lại ngày này" })).toBeNull();
  });

  test("who may not run days again is not asked to", async () => {
    await open();
    await screen.findByRole("row", { name: /^Tổng/ });
    expect(screen.queryByRole("button", { name: "Chạy lại ngày này" })).toBeNull();
  });
});
