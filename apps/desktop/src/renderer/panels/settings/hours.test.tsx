import { screen, waitFor, within } from "@testing-library/react";
import { AppError, type CommandParsed, type Hours as HoursOf } from "@tongdai/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { id, morning, queueCare } from "../../../../test/renderer/builders.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { ticker } from "../../ui/ticker.ts";
import { Toaster } from "../../ui/toast.tsx";
import Settings from "./settings.tsx";

const office: HoursOf = {
  id: id(80),
  version: 1,
  name: "Hành chính",
  timeZone: "Asia/Ho_Chi_Minh",
  weekly: [
    ...Array.from({ length: 5 }, (): [number, number][] => [
      [480, 720],
      [780, 1_050],
    ]),
    [[480, 720]],
    [],
  ],
  days: [{ date: "2026-11-24", name: "Ngày hội", spans: [] }],
};

async function open(section: string, script: Script = {}, hours: HoursOf[] = [office]) {
  const desk = await scripted(script, {
    hash: `#/settings/${section}`,
    snapshot: {
      permissions: ["people.manage"],
      hours,
      queues: [{ ...queueCare, hoursId: hours[0]?.id ?? null }],
    },
  });
  const lastOf = (name: string) => desk.sent.findLast((s) => s.name === name)?.input;
  return {
    ...desk,
    lastOf,
    ...show(
      desk,
      <>
        <Settings />
        <Toaster />
      </>,
    ),
  };
}

const saved = ({ id: known, ...rest }: CommandParsed<"hours.save">) => ({
  hours: { ...rest, id: known ?? id(81), version: 2 },
});

beforeEach(() => ticker.setSkew(morning - Date.now()));
afterEach(() => ticker.setSkew(0));

describe("hours", () => {
  test("the list says whether it is open, the week in few words, and who goes by it", async () => {
    // Saturday at nine.
    expect(new Date(morning).getUTCDay()).toBe(6);
    await open("hours");
    expect(screen.getByText("Đang mở")).toBeInTheDocument();
    expect(screen.getByText("đóng lúc 21/11/2026 12:00")).toBeInTheDocument();
    expect(screen.getByText("T2–T6 08:00-12:00, 13:00-17:30 · T7 08:00-12:00 · CN Đóng")).toBeInTheDocument();
    expect(
      screen.getByText("Asia/Ho Chi Minh · 1 ngày riêng · dùng cho Chăm sóc khách hàng"),
    ).toBeInTheDocument();
  });

  test("a week is typed, copied down, and a wrong line is told at its box", async () => {
    const { user, lastOf } = await open("hours", { "hours.save": saved });
    await user.click(screen.getByRole("button", { name: "Thêm lịch" }));
    await user.click(screen.getByLabelText(/^Tên lịch/));
    await user.paste("Ca tối");
    const monday = screen.getByLabelText("Thứ Hai");
    await user.clear(monday);
    await user.paste("17h-");
    await user.click(screen.getByRole("button", { name: "Lưu" }));
    expect(monday).toBeInvalid();
    expect(monday).toHaveFocus();
    expect(lastOf("hours.save")).toBeUndefined();
    await user.clear(monday);
    await user.paste("17h-24");
    await user.click(screen.getByRole("button", { name: "Chép Thứ Hai xuống các ngày sau" }));
    expect(screen.getByLabelText("Chủ nhật")).toHaveValue("17h-24");
    await user.clear(screen.getByLabelText("Chủ nhật"));
    await user.click(screen.getByRole("button", { name: "Lưu" }));
    await waitFor(() =>
      expect(lastOf("hours.save")).toEqual({
        id: null,
        name: "Ca tối",
        timeZone: "Asia/Ho_Chi_Minh",
        weekly: [...Array.from({ length: 6 }, () => [[1_020, 1_440]]), []],
        days: [],
      }),
    );
    expect(await screen.findByText("Ca tối")).toBeInTheDocument();
  });

  test("the holidays of a year come by one press, beside what is there, and are saved with the rest", async () => {
    const { user, lastOf } = await open("hours", { "hours.save": saved });
    await user.click(screen.getByRole("button", { name: "Sửa" }));
    await user.click(screen.getByRole("button", { name: "Ngày lễ Việt Nam năm 2026" }));
    const rows = () =>
      within(screen.getByRole("list", { name: "Ngày lễ và ngày riêng" })).getAllByRole("listitem");
    // 24/11 has an entry of its own already.
    expect(rows()).toHaveLength(12);
    expect(screen.getByRole("button", { name: "Ngày lễ Việt Nam năm 2026" })).toBeDisabled();
    await user.click(screen.getByRole("button", { name: "Ngày lễ Việt Nam năm 2028" }));
    expect(screen.getByDisplayValue("26/01/2028")).toBeInTheDocument();
    expect(screen.getAllByDisplayValue("Tết Nguyên đán (dự kiến)")).toHaveLength(5);
    await user.click(screen.getByRole("button", { name: "Gỡ Giỗ Tổ Hùng Vương 26/04/2026" }));
    await user.click(screen.getByRole("button", { name: "Lưu" }));
    await waitFor(() => expect(lastOf("hours.save")).toBeDefined());
    const { days } = lastOf("hours.save") as CommandParsed<"hours.save">;
    expect(days).toHaveLength(23);
    expect(days).toContainEqual({ date: "2026-02-17", name: "Tết Nguyên đán", spans: [] });
    expect(days).toContainEqual(office.days[0]);
  });

  test("a holiday whose date was changed comes again as a row of its own; a day is one however it is typed", async () => {
    const { user } = await open("hours", {}, [
      { ...office, days: [{ date: "2026-01-01", name: "Năm mới", spans: [] }] },
    ]);
    await user.click(screen.getByRole("button", { name: "Sửa" }));
    const rows = () =>
      within(screen.getByRole("list", { name: "Ngày lễ và ngày riêng" })).getAllByRole("listitem");
    const date = screen.getByDisplayValue("01/01/2026");
    await user.clear(date);
    await user.paste("2/9/2026");
    await user.click(screen.getByRole("button", { name: "Ngày lễ Việt Nam năm 2026" }));
    expect(screen.queryByDisplayValue("02/09/2026")).toBeNull();
    expect(screen.getByDisplayValue("01/01/2026")).toBeInTheDocument();
    const before = rows().length;
    await user.click(screen.getByRole("button", { name: "Gỡ Tết Dương lịch 01/01/2026" }));
    expect(rows()).toHaveLength(before - 1);
    expect(screen.getByDisplayValue("2/9/2026")).toBeInTheDocument();
  });

  test("a special day needs a date of the calendar, once, and a name", async () => {
    const { user, lastOf } = await open("hours", { "hours.save": saved });
    await user.click(screen.getByRole("button", { name: "Sửa" }));
    await user.click(screen.getByRole("button", { name: "Thêm ngày" }));
    const put = async (placeholder: string, text: string) => {
      const box = screen.getAllByPlaceholderText(placeholder)[0] as HTMLElement;
      await user.clear(box);
      await user.paste(text);
    };
    const save = () => user.click(screen.getByText("Lưu"));
    for (const [date, error] of [
      ["24/11/2026", "Ngày này đã có"],
      ["31/11/2026", "Viết như 2/9/2027"],
      ["5/12/2026", "Cần một tên"],
    ] as const) {
      await put("Ngày/tháng/năm", date);
      await save();
      expect(await screen.findByText(error)).toBeInTheDocument();
    }
    await put("Tên ngày", "Làm bù");
    await user.type(screen.getByLabelText("Giờ mở: Làm bù 5/12/2026"), "9-11");
    await save();
    await waitFor(() =>
      expect(lastOf("hours.save")).toMatchObject({
        days: [{ date: "2026-12-05", name: "Làm bù", spans: [[540, 660]] }, office.days[0]],
      }),
    );
  });

  test("hours that a queue goes by are not removed, and it says why", async () => {
    const { user } = await open("hours", {
      "hours.remove": () => {
        throw new AppError("conflict", "in use", { reason: "in_use" });
      },
    });
    await user.click(screen.getByRole("button", { name: /Hành chính/ }));
    expect(await screen.findByText(/Không xoá được Hành chính/)).toBeInTheDocument();
  });

  test("a queue takes hours, and says what happens outside of them", async () => {
    const { user, lastOf } = await open("queues", { "queue.save": () => ({ queue: queueCare }) });
    await user.click(screen.getByRole("button", { name: "Sửa" }));
    await user.click(screen.getByRole("tab", { name: "Giờ làm việc" }));
    expect(screen.getByRole("combobox", { name: "Giờ làm việc" })).toHaveTextContent("Hành chính");
    await user.click(screen.getByRole("radio", { name: "Tạo phiếu và đóng" }));
    await user.type(screen.getByLabelText(/^Trả lời tự động/), "Mai em trả lời ạ");
    await user.click(screen.getByRole("button", { name: "Lưu" }));
    await waitFor(() =>
      expect(lastOf("queue.save")).toMatchObject({
        hoursId: office.id,
        outOfHours: { reply: "Mai em trả lời ạ", action: "ticket" },
      }),
    );
  });

  test("hours that are gone from under a queue's form are told at their field", async () => {
    const { user } = await open("queues", {
      "queue.save": () => {
        throw new AppError("not_found", "no such hours", { field: "hoursId" });
      },
    });
    await user.click(screen.getByRole("button", { name: "Sửa" }));
    await user.click(screen.getByRole("button", { name: "Lưu" }));
    const field = await screen.findByRole("combobox", { name: "Giờ làm việc" });
    expect(field).toHaveAccessibleDescription(/Lịch này vừa bị gỡ/);
    expect(field).toHaveFocus();
  });

  test("a queue that is always open asks nothing about it", async () => {
    const { user } = await open("queues", {}, []);
    await user.click(screen.getByRole("button", { name: "Sửa" }));
    await user.click(screen.getByRole("tab", { name: "Giờ làm việc" }));
    expect(screen.getByRole("combobox", { name: "Giờ làm việc" })).toHaveTextContent("Luôn mở");
    expect(screen.queryByRole("radio", { name: "Tạo phiếu và đóng" })).toBeNull();
  });
});
