import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { AppError, type ConfigPlan } from "@tongdai/shared";
import { describe, expect, test, vi } from "vitest";
import { scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import type { Rest } from "../../net/rest.ts";
import Settings from "./settings.tsx";

const plan: ConfigPlan = {
  steps: [
    { section: "skills", name: "Hoá đơn", did: "created", changes: [], todo: null },
    {
      section: "queues",
      name: "Bảo hành",
      did: "changed",
      changes: [
        { path: ["rules", "strategy"], was: "longest_idle", is: "round_robin" },
        { path: ["memberIds"], was: [], is: ["@user:lan"] },
      ],
      todo: null,
    },
    { section: "queues", name: "Kỹ thuật", did: "left", changes: [], todo: null },
    { section: "webhooks", name: "Cửa hàng", did: "created", changes: [], todo: "switch_on" },
  ],
};

async function open(rest: Partial<Rest> = {}, permissions = ["people.manage"]) {
  const bringConfig = vi.fn(rest.bringConfig ?? (async () => plan));
  const desk = await scripted(
    {},
    {
      hash: "#/settings/file",
      snapshot: { permissions: permissions as never },
      rest: { ...rest, bringConfig },
    },
  );
  return { ...desk, ...show(desk, <Settings />), bringConfig };
}

const jsonFile = (content: unknown) =>
  new File([JSON.stringify({ format: "tongdai.config", version: 1, content })], "cau-hinh.json", {
    type: "application/json",
  });

describe("the configuration as a file", () => {
  test("a chosen file is tried first, shown from -> to, and applied once one says so", async () => {
    const { user, bringConfig } = await open();
    await user.upload(screen.getByLabelText("Tệp cấu hình"), jsonFile({ skills: [{ name: "Hoá đơn" }] }));
    expect(await screen.findByText("Tạo mới 2, thay đổi 1, giữ nguyên 1.")).toBeVisible();
    const queues = within(screen.getByRole("region", { name: "Hàng chờ" }));
    expect(queues.getByText(/: Rảnh lâu nhất → Lần lượt$/)).toBeVisible();
    expect(queues.getByText("người nhận việc: + lan")).toBeVisible();
    expect(queues.getByText("1 mục giữ nguyên")).toBeVisible();
    expect(bringConfig.mock.calls.map(([, o]) => o.apply)).toEqual([false]);
    await user.click(screen.getByRole("button", { name: "Áp dụng…" }));
    const ask = within(await screen.findByRole("alertdialog"));
    await user.click(ask.getByRole("button", { name: "Áp dụng" }));
    expect(await screen.findByText(/^Đã áp dụng\. .* còn chờ bạn/)).toBeVisible();
    expect(bringConfig.mock.calls.map(([, o]) => o.apply)).toEqual([false, true]);
    expect(screen.queryByRole("button", { name: "Áp dụng…" })).toBeNull();
  });

  test("a dropped file is taken like a chosen one", async () => {
    await open();
    fireEvent.drop(screen.getByText(/^Kéo tệp/), {
      dataTransfer: { files: [jsonFile({})] },
    });
    expect(await screen.findByText("cau-hinh.json")).toBeVisible();
    expect(await screen.findByRole("button", { name: "Áp dụng…" })).toBeVisible();
  });

  test("a mistake is told with its place in the file and the name of the thing", async () => {
    const { user } = await open({
      bringConfig: () =>
        Promise.reject(
          new AppError("invalid_input", "queues[0].teamIds[0]: there is no @team:Ca tối", {
            place: "queues[0].teamIds[0]",
            reason: "not_there",
            named: "@team:Ca tối",
          }),
        ),
    });
    await user.upload(screen.getByLabelText("Tệp cấu hình"), jsonFile({ queues: [{ name: "Bảo hành" }] }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Chưa có gì thay đổi");
    expect(screen.getByText("Hàng chờ › Bảo hành › đội")).toBeVisible();
    expect(screen.getByText("Ở đây không có “Ca tối”")).toBeVisible();
  });

  test("what is no configuration is said at once, and nothing is asked of the gateway", async () => {
    const { user, bringConfig } = await open();
    const input = screen.getByLabelText("Tệp cấu hình");
    await user.upload(input, new File(["{oh"], "a.json", { type: "application/json" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("không phải JSON");
    await user.upload(input, new File(["[]"], "b.json", { type: "application/json" }));
    await waitFor(() => expect(screen.getByRole("alert")).toHaveTextContent("không phải tệp cấu hình"));
    expect(bringConfig).not.toHaveBeenCalled();
  });

  test("an answer that is lost while applying is not called a failure", async () => {
    const { user } = await open({
      bringConfig: async (_file, { apply }) => {
        if (apply) throw new AppError("unavailable", "gone");
        return plan;
      },
    });
    await user.upload(screen.getByLabelText("Tệp cấu hình"), jsonFile({}));
    await user.click(await screen.findByRole("button", { name: "Áp dụng…" }));
    await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Áp dụng" }));
    expect(await screen.findByText(/Mất kết nối khi đang áp dụng/)).toBeVisible();
  });

  test("a file that says what is there already asks for nothing", async () => {
    const { user } = await open({
      bringConfig: async () => ({ steps: plan.steps.filter((s) => s.did === "left") }),
    });
    await user.upload(screen.getByLabelText("Tệp cấu hình"), jsonFile({}));
    expect(await screen.findByText(/không có gì để áp dụng/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Áp dụng…" })).toBeNull();
  });

  test("it is not there for who may not set things up", async () => {
    await open({}, ["work"]);
    expect(screen.queryByText("Xuất và nhập cấu hình")).toBeNull();
  });
});
