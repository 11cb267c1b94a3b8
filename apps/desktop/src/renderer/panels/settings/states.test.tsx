import { screen, waitFor } from "@testing-library/react";
import { AppError, type CommandInput, defaultStateRules, type StateRules } from "@tongdai/shared";
import { expect, test } from "vitest";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import Settings from "./settings.tsx";

const saved = (input: CommandInput<"state_rules.save">): { stateRules: StateRules } => ({
  stateRules: {
    ...input,
    version: input.version + 1,
    reasons: input.reasons.map((r) => ({ ...r, id: r.id ?? "prayer" })),
  },
});

async function open(script: Script = { "state_rules.save": saved }) {
  const desk = await scripted(script, {
    hash: "#/settings/states",
    snapshot: { permissions: ["people.manage"] },
  });
  return { ...desk, ...show(desk, <Settings />) };
}

const press = (name: string | RegExp) => screen.getByRole("button", { name });
const lastOf = (sent: readonly { readonly name: string; readonly input: unknown }[]) =>
  sent.findLast((s) => s.name === "state_rules.save")?.input as CommandInput<"state_rules.save">;
const names = () =>
  screen
    .getAllByRole("listitem")
    .filter((row) => row.closest("nav") === null)
    .map((row) => row.querySelector("p")?.textContent);

test("a reason is added with one name and a longest time, and its own version goes along", async () => {
  const { user, sent } = await open();
  await user.click(press("Thêm lý do"));
  await user.keyboard("Cầu nguyện");
  await user.type(screen.getByRole("textbox", { name: "Tối đa" }), "15{Enter}");
  await waitFor(() => expect(names()).toContain("Cầu nguyện"));
  const { version, reasons } = lastOf(sent);
  expect(version).toBe(1);
  expect(reasons.at(-1)).toEqual({
    id: null,
    name: { vi: "Cầu nguyện", en: "Cầu nguyện" },
    maxMinutes: 15,
    retired: false,
  });
  expect(screen.getByText("Tối đa 15 phút")).toBeInTheDocument();
});

test("reasons are moved by keys with the focus kept and the place said, retired and brought back", async () => {
  const { user, sent } = await open();
  const down = press("Chuyển Nghỉ giải lao xuống");
  down.focus();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(names().slice(0, 2)).toEqual(["Ăn trưa", "Nghỉ giải lao"]));
  expect(press("Chuyển Nghỉ giải lao xuống")).toHaveFocus();
  expect(screen.getByText("Nghỉ giải lao ở vị trí 2")).toBeInTheDocument();
  await user.click(press("Ngừng dùng Đào tạo"));
  await user.click(await screen.findByRole("button", { name: "Dùng lại Đào tạo" }));
  await screen.findByRole("button", { name: "Ngừng dùng Đào tạo" });
  expect(lastOf(sent).version).toBe(3);
});

test("what is no number is said at its field; what somebody else changed meanwhile is not overwritten", async () => {
  const { user, sent, answer } = await open();
  await user.type(screen.getByRole("textbox", { name: /Đang bận tối đa/ }), "nhiều");
  await user.click(press("Lưu"));
  expect(screen.getByText("Nhập số từ 1 đến 600")).toBeInTheDocument();
  expect(lastOf(sent)).toBeUndefined();
  answer({
    "state_rules.save": () => {
      throw new AppError("conflict", "changed", { version: 7 });
    },
  });
  await user.click(press("Ngừng dùng Khác"));
  expect(await screen.findByText(/Ai đó vừa đổi/)).toBeInTheDocument();
  expect(names()).toHaveLength(defaultStateRules.reasons.length);
});
