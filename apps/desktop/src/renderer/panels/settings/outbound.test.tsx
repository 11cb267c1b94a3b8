import { act, screen, waitFor, within } from "@testing-library/react";
import { AppError, type CommandInput, defaultOutboundRules, type OutboundRules } from "@tongdai/shared";
import { afterEach, expect, test } from "vitest";
import { id, page, queueCare, snapshot } from "../../../../test/renderer/builders.ts";
import { lastOf } from "../../../../test/renderer/open-settings.tsx";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { setLanguage, t } from "../../i18n/index.ts";
import { noPeople } from "../../state/model.ts";
import { detailText } from "./audit-words.ts";
import Settings from "./settings.tsx";

const hotline = {
  ...page,
  id: id(8_001),
  name: "Tổng đài",
  externalId: "02873001234",
  queueId: queueCare.id,
};
const mobile = { ...hotline, id: id(8_002), name: "Di động", externalId: "0901234567", queueId: id(8_003) };

const answers = (rules: OutboundRules = defaultOutboundRules): Script => ({
  "outbound_rules.get": () => ({ rules }),
  "outbound_rules.save": (input) => ({ rules: { ...input, version: input.version + 1 } }),
});

/** The rules before an administrator of a contact centre with two telephone numbers. */
async function open(script: Script = answers(), permissions = ["channels.manage"]) {
  const channels = snapshot().channels.map((c) => ({
    ...c,
    capabilities: { ...c.capabilities, calls: true as const },
  }));
  const told = { permissions, channels, accounts: [hotline, mobile] };
  const desk = await scripted(script, { hash: "#/settings/outbound", snapshot: told });
  return { ...desk, ...show(desk, <Settings />) };
}

const box = (name: string) => screen.findByRole("textbox", { name });
const save = () => screen.getByRole("button", { name: "Lưu" });
const saved = (desk: Awaited<ReturnType<typeof open>>) =>
  lastOf(desk.sent, "outbound_rules.save") as CommandInput<"outbound_rules.save"> | undefined;

afterEach(() => setLanguage("vi"));

test("the rules are read, changed and saved by their version, and saved again", async () => {
  const desk = await open();
  const { user } = desk;
  const countries = await box("Nước được gọi");
  expect(countries).toHaveValue("84");
  expect(screen.getByText("Được gọi: Việt Nam (+84)")).toBeVisible();
  await user.type(countries, ", +856");
  expect(screen.getByText("Được gọi: Việt Nam (+84), Lào (+856)")).toBeVisible();
  await user.click(screen.getByRole("checkbox", { name: "Được gọi số 1900" }));
  await user.clear(await box("Mỗi người một ngày"));
  await user.clear(await box("Cả trung tâm một ngày"));
  await user.type(await box("Cả trung tâm một ngày"), "3.000");
  await user.type(await box("Giờ gọi chăm sóc"), "7h30-21h{Enter}");
  await waitFor(() =>
    expect(saved(desk)).toEqual({
      ...defaultOutboundRules,
      countries: ["84", "856"],
      premium: true,
      perAgent: null,
      perDay: 3_000,
      hours: { service: [450, 1_260], advertising: [480, 1_020] },
      version: 1,
    }),
  );
  expect(await box("Cả trung tâm một ngày")).toHaveValue("3000");
  await user.click(screen.getByRole("checkbox", { name: "Cho phép gọi ra" }));
  await user.click(save());
  await waitFor(() => expect(saved(desk)).toMatchObject({ enabled: false, perDay: 3_000, version: 2 }));
});

test.each([
  ["Nước được gọi", "84, Lào", "Viết mã nước như 84, 856"],
  ["Mỗi người một ngày", "0", "Nhập số từ 1 đến 100.000"],
  ["Cả trung tâm một ngày", "2,5", "Nhập số từ 1 đến 10.000.000"],
  ["Giờ gọi chăm sóc", "8-12, 13-17", "Viết một khoảng giờ như 8-17 hoặc 08:30-17:30"],
  ["Giờ gọi quảng cáo", " ", "Viết một khoảng giờ như 8-17 hoặc 08:30-17:30"],
])(
  "%s: %s is said to be wrong at its place, which has the focus, and nothing is saved",
  async (name, typed, said) => {
    const desk = await open();
    const field = await box(name);
    await desk.user.clear(field);
    await desk.user.type(field, typed);
    await desk.user.click(save());
    await waitFor(() => expect(field).toHaveAccessibleDescription(said));
    expect(field).toHaveFocus();
    expect(saved(desk)).toBeUndefined();
  },
);

test("a queue shows its own number until another is chosen for it", async () => {
  const desk = await open();
  const { user } = desk;
  const caller = await screen.findByRole("combobox", { name: `Số khách thấy khi gọi cho ${queueCare.name}` });
  expect(caller).toHaveTextContent("Số của hàng chờ: 028 7300 1234");
  caller.focus();
  await user.keyboard("{Enter}");
  await user.click(await screen.findByRole("option", { name: "0901 234 567 · Di động" }));
  await user.click(save());
  await waitFor(() =>
    expect(saved(desk)?.callers).toEqual([{ queueId: queueCare.id, accountId: mobile.id }]),
  );
});

test("when somebody else was quicker it says so, what was typed stays, what was not touched is theirs", async () => {
  const theirs = { ...defaultOutboundRules, perDay: 500, version: 2 };
  let now: OutboundRules = defaultOutboundRules;
  const desk = await open({
    "outbound_rules.get": () => ({ rules: now }),
    "outbound_rules.save": (input) => {
      if (input.version !== now.version) throw new AppError("conflict", "somebody was quicker");
      return { rules: { ...input, version: input.version + 1 } };
    },
  });
  const { user } = desk;
  const perAgent = await box("Mỗi người một ngày");
  await user.clear(perAgent);
  await user.type(perAgent, "50");
  now = theirs;
  await user.click(save());
  expect(await screen.findByText(/Ai đó vừa thay đổi/)).toBeVisible();
  await waitFor(() =>
    expect(screen.getByRole("textbox", { name: "Cả trung tâm một ngày" })).toHaveValue("500"),
  );
  expect(perAgent).toHaveValue("50");
  await user.click(save());
  await waitFor(() => expect(saved(desk)).toMatchObject({ perAgent: 50, perDay: 500, version: 2 }));
});

test("rules that cannot be loaded are asked for again", async () => {
  const desk = await open({
    "outbound_rules.get": () => {
      throw new AppError("unavailable", "not now");
    },
  });
  const trouble = await screen.findByRole("alert");
  expect(trouble).toHaveTextContent("Không tải được quy tắc gọi ra");
  desk.answer(answers());
  await desk.user.click(within(trouble).getByRole("button"));
  expect(await box("Nước được gọi")).toHaveValue("84");
});

test("who may not manage channels has no such place", async () => {
  await open(answers(), ["people.manage"]);
  await act(async () => undefined);
  expect(screen.queryByRole("button", { name: "Gọi ra" })).toBeNull();
});

test.each(["vi", "en"] as const)("in %s the audit tells the rules in words", async (language) => {
  await setLanguage(language);
  const people = {
    ...noPeople,
    queues: { [queueCare.id]: queueCare },
    accounts: { [hotline.id]: hotline },
  };
  const changes = [
    { path: ["enabled"], was: true, is: false },
    { path: ["countries"], was: ["84"], is: ["84", "856"] },
    { path: ["premium"], was: false, is: true },
    { path: ["perAgent"], was: 200, is: null },
    { path: ["perDay"], was: 2_000, is: 3_000 },
    { path: ["callers"], was: [], is: [`${queueCare.id} ${hotline.id}`] },
    { path: ["serviceHours"], was: null, is: "480-1020" },
    { path: ["advertisingHours"], was: "480-1020", is: "540-1020" },
  ];
  const text = detailText({ changes }, "outbound_rules", { people, t });
  expect(text).not.toMatch(/enabled|countries|premium|perAgent|perDay|callers|Hours:|480/);
  expect(text).toContain(`${queueCare.name}: Tổng đài`);
  expect(text).toContain("08:00-17:00 → 09:00-17:00");
});
