import { screen, waitFor, within } from "@testing-library/react";
import { AppError, defaultWrapUpRules, type Queue } from "@tongdai/shared";
import { beforeEach, expect, test } from "vitest";
import { conversation, interaction, morning, queueCare } from "../../../../test/renderer/builders.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { openDialog } from "../../actions/navigate.ts";
import { openConversation } from "../../actions/open-conversation.ts";
import { ticker } from "../../ui/ticker.ts";
import ConversationPanel from "./conversation.tsx";

const wrapping = interaction(conversation(1).id, {
  state: "wrap_up",
  wrapUpUntil: morning + 45_000,
  version: 3,
});
const c1 = conversation(1, { interaction: wrapping });

beforeEach(() => ticker.setSkew(morning - Date.now()));

async function opened(queue: Partial<Queue>, script: Script = {}) {
  const desk = await scripted(
    {
      "conversation.get": () => ({ conversation: c1, messages: [], before: null, draft: null }),
      "interaction.history": () => ({ entries: [] }),
      "interaction.close": () => ({ interaction: { ...wrapping, state: "closed" }, ticket: null }),
      ...script,
    },
    { snapshot: { queues: [{ ...queueCare, ...queue }] } },
  );
  openConversation(desk.client, c1.id);
  const page = show(desk, <ConversationPanel />);
  await screen.findByRole("heading", { level: 2 });
  openDialog(desk.client, { kind: "wrap_up", conversationId: c1.id });
  const dialog = within(await screen.findByRole("dialog", { name: "Xử lý sau" }));
  const said = (name: string) => desk.sent.findLast((s) => s.name === name)?.input;
  return { ...page, ...desk, dialog, said };
}

const dispositions: Queue["dispositions"] = [
  { name: "Đã giải quyết", resolved: true },
  {
    name: "Khiếu nại",
    resolved: true,
    children: [
      { name: "Giao chậm", resolved: false },
      { name: "Hàng lỗi", resolved: false },
    ],
  },
];

test("typed letters without their marks narrow the tree to a leaf, and Enter closes with it", async () => {
  const { user, dialog, said } = await opened({ dispositions });
  await user.type(dialog.getByRole("combobox", { name: "Kết quả" }), "khieu cham{Enter}");
  await waitFor(() =>
    expect(said("interaction.close")).toMatchObject({
      disposition: "Khiếu nại › Giao chậm",
      resolved: false,
    }),
  );
});

test("the arrows go through the leaves and round", async () => {
  const { user, dialog } = await opened({ dispositions });
  const box = dialog.getByRole("combobox", { name: "Kết quả" });
  await user.click(box);
  await user.keyboard("{ArrowDown}{ArrowDown}");
  expect(dialog.getByRole("option", { selected: true })).toHaveTextContent("Khiếu nại › Hàng lỗi");
  await user.keyboard("{ArrowDown}");
  expect(dialog.getByRole("option", { selected: true })).toHaveTextContent("Đã giải quyết");
});

test("without a disposition nothing is sent where the queue needs one, and it may be left out where not", async () => {
  const needed = await opened({ dispositions });
  await needed.user.type(needed.dialog.getByRole("combobox", { name: "Kết quả" }), "zzz{Enter}");
  expect(await needed.dialog.findByText("Chọn kết quả trước khi đóng")).toBeVisible();
  expect(needed.said("interaction.close")).toBeUndefined();
  needed.unmount();
  const free = await opened({ dispositions, wrapUp: { ...defaultWrapUpRules, needsDisposition: false } });
  await free.user.keyboard("{Enter}");
  await waitFor(() => expect(free.said("interaction.close")).toMatchObject({ disposition: null }));
});

test("the queue's form is asked, checked, and sent as what its fields are", async () => {
  const field = { required: false, options: [] };
  const { user, dialog, said } = await opened({
    wrapUp: {
      ...defaultWrapUpRules,
      form: [
        { ...field, id: "order", label: "Mã đơn", kind: "text", required: true },
        { ...field, id: "how", label: "Cách xử lý", kind: "choice", options: ["Đổi", "Trả"] },
        { ...field, id: "again", label: "Gọi lại", kind: "yes_no" },
        { ...field, id: "parcels", label: "Số kiện", kind: "number" },
        { ...field, id: "day", label: "Ngày hẹn", kind: "date" },
      ],
    },
  });
  await user.keyboard("{Enter}");
  expect(await dialog.findByText("Cần điền")).toBeVisible();
  await user.type(dialog.getByRole("textbox", { name: "Mã đơn" }), "DH1");
  await user.click(dialog.getByRole("radio", { name: "Trả" }));
  await user.click(dialog.getByRole("radio", { name: "Có" }));
  await user.type(dialog.getByRole("textbox", { name: /Số kiện/ }), "hai{Enter}");
  expect(await dialog.findByText("Chưa đúng")).toBeVisible();
  await user.clear(dialog.getByRole("textbox", { name: /Số kiện/ }));
  await user.type(dialog.getByRole("textbox", { name: /Số kiện/ }), "2,5");
  await user.type(dialog.getByRole("textbox", { name: /Ngày hẹn/ }), "31/12/2026{Enter}");
  await waitFor(() =>
    expect(said("interaction.close")).toMatchObject({
      form: { order: "DH1", how: "Trả", again: true, parcels: 2.5, day: "2026-12-31" },
    }),
  );
});

test("the time runs down in sight, and is extended as often as the queue allows", async () => {
  let extensions = 0;
  const { user, dialog } = await opened(
    { wrapUp: { ...defaultWrapUpRules, extensions: 2, extendSeconds: 60 } },
    {
      "interaction.extend_wrap_up": () => ({
        interaction: {
          ...wrapping,
          extensions: ++extensions,
          wrapUpUntil: morning + 45_000 + extensions * 60_000,
          version: 3 + extensions,
        },
      }),
    },
  );
  expect(dialog.getByText(/^Còn 00:4\d$/)).toBeVisible();
  await user.click(dialog.getByRole("button", { name: "Thêm 1 phút" }));
  expect(await dialog.findByText(/^Còn 01:4\d$/)).toBeVisible();
  await user.click(dialog.getByRole("button", { name: "Thêm 1 phút" }));
  await waitFor(() => expect(dialog.queryByRole("button", { name: "Thêm 1 phút" })).toBeNull());
});

test("a refusal is said, and nothing that was filled in is lost", async () => {
  const { user, dialog } = await opened(
    { dispositions },
    {
      "interaction.close": () => {
        throw new AppError("conflict", "meanwhile");
      },
    },
  );
  await user.type(dialog.getByRole("textbox", { name: "Tóm tắt" }), "vỡ nắp{Enter}");
  expect(await dialog.findByRole("alert")).toBeVisible();
  expect(dialog.getByRole("textbox", { name: "Tóm tắt" })).toHaveValue("vỡ nắp");
});
