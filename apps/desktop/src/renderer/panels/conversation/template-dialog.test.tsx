import { screen, waitFor } from "@testing-library/react";
import { AppError, type ChannelAccount, type ChannelInfo, type MessageTemplate } from "@tongdai/shared";
import { expect, test } from "vitest";
import {
  conversation,
  facebook,
  id,
  interaction,
  lan,
  message,
  morning,
  page,
} from "../../../../test/renderer/builders.ts";
import { scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import ConversationPanel from "./conversation.tsx";

const DAY = 24 * 3_600_000;
const shut = conversation(1, {
  windowOpenedAt: morning - 30 * DAY,
  lastInboundAt: morning - 30 * DAY,
  interaction: interaction(conversation(1).id, { state: "active", ownerId: lan.id }),
});
const param = (name: string, more = {}) =>
  ({ name, kind: "text", required: true, minLength: 1, maxLength: 30, ...more }) as const;
const delivery: MessageTemplate = {
  id: "301001",
  name: "Đơn hàng đang giao",
  state: "ready",
  language: "vi",
  text: "Đơn {{ma}} giao ngày {{ngay}}.",
  previewUrl: null,
  params: [param("ma"), param("ngay", { kind: "date" })],
  price: { amount: 200, currency: "VND" },
  quality: "high",
};
const templates: MessageTemplate[] = [
  delivery,
  { ...delivery, id: "2", name: "Xin ý kiến", params: [], price: { amount: 300, currency: "VND" } },
  { ...delivery, id: "3", name: "Khuyến mãi cũ", state: "disabled" },
];

const oa: ChannelAccount = { ...page, id: id(21), channel: "zalo", name: "Sen Việt OA" };
const withTemplates = (info: ChannelInfo, by: ("id" | "phone")[]): ChannelInfo => ({
  ...info,
  capabilities: { ...info.capabilities, templates: { by } },
});

async function begin({ byOther = false } = {}) {
  let price = 200;
  const desk = await scripted(
    {
      "conversation.get": () => ({
        conversation: shut,
        messages: [message(shut.id, 1)],
        before: null,
        draft: null,
        companions: [],
      }),
      "interaction.history": () => ({ entries: [] }),
      "conversation.read": () => ({}),
      "conversation.ways": () => ({ ways: [] }),
      "template.list": () => ({
        templates: templates.map((one) =>
          one.id === delivery.id ? { ...one, price: { amount: price, currency: "VND" } } : one,
        ),
        fetchedAt: morning,
      }),
      "template.send": (input) => {
        if (input.price?.amount !== price)
          throw new AppError("conflict", "another price", { reason: "price_changed" });
        return {
          message: message(shut.id, 2, {
            direction: "out",
            author: { kind: "agent", userId: lan.id },
            state: "queued",
            text: "Đơn DH-7 giao ngày 24/11/2026.",
            template: { id: delivery.id, name: delivery.name, price: delivery.price, by: "id", phone: null },
          }),
        };
      },
    },
    {
      hash: `#/inbox/${shut.id}`,
      snapshot: {
        accounts: byOther ? [page, oa] : [page],
        channels: byOther
          ? [facebook, withTemplates({ ...facebook, id: "zalo" }, ["id", "phone"])]
          : [withTemplates(facebook, ["id", "phone"])],
      },
    },
  );
  const { user } = show(desk, <ConversationPanel />);
  const raise = () => {
    price = 250;
  };
  return { desk, user, raise, sent: () => desk.sent.filter((s) => s.name === "template.send") };
}

test("behind a shut window a template is chosen, filled and sent by keys alone, and stands there with its price", async () => {
  const { user, sent } = await begin();
  await user.click(await screen.findByRole("button", { name: "Gửi tin mẫu" }));
  const search = await screen.findByRole("textbox", { name: "Tìm mẫu theo tên" });
  expect(search).toHaveFocus();
  // What the vendor has switched off is not offered.
  expect(screen.getAllByRole("radio", { name: /₫/ })).toHaveLength(2);
  await user.keyboard("don hang{Enter}");
  const code = screen.getByRole("textbox", { name: "ma" });
  expect(code).toHaveFocus();
  await user.keyboard("DH-7{Tab}31/02/2026{Enter}");
  expect(screen.getByText("Cần một ngày dạng 31/12/2026")).toBeVisible();
  const date = screen.getByRole("textbox", { name: "ngay" });
  await waitFor(() => expect(date).toHaveFocus());
  expect(sent()).toEqual([]);
  await user.clear(date);
  await user.type(date, "24/11/2026");
  expect(screen.getByText("Đơn DH-7 giao ngày 24/11/2026.")).toBeVisible();
  expect(screen.getByRole("button", { name: /^Gửi với giá 200/ })).toBeEnabled();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(sent()).toMatchObject([
    {
      input: {
        templateId: delivery.id,
        values: { ma: "DH-7", ngay: "24/11/2026" },
        to: { by: "id" },
        price: { amount: 200, currency: "VND" },
      },
    },
  ]);
  expect(await screen.findByText(/^Đơn hàng đang giao · 200/)).toBeVisible();
});

test("what is known of the customer stands in the template beforehand, and the cursor in what is not", async () => {
  const { user, sent, desk } = await begin();
  const named = { ...delivery, id: "9", name: "Giao nhanh", params: [param("customer_name"), param("ma")] };
  desk.answer({ "template.list": () => ({ templates: [named], fetchedAt: morning }) });
  await user.click(await screen.findByRole("button", { name: "Gửi tin mẫu" }));
  await screen.findByRole("textbox", { name: "Tìm mẫu theo tên" });
  await user.keyboard("giao{Enter}");
  const name = screen.getByRole("textbox", { name: "customer_name" });
  expect(name).toHaveValue(shut.customerName);
  expect(screen.getByRole("textbox", { name: "ma" })).toHaveFocus();
  await user.keyboard("DH-7");
  await user.clear(name);
  await user.type(name, "chị Mai");
  await user.keyboard("{Enter}");
  await waitFor(() =>
    expect(sent()).toMatchObject([{ input: { values: { customer_name: "chị Mai", ma: "DH-7" } } }]),
  );
});

test("a price that changed meanwhile is shown before anything is sent, and a typed number must be one", async () => {
  const { user, raise, sent } = await begin();
  await user.click(await screen.findByRole("button", { name: "Gửi tin mẫu" }));
  await user.click(await screen.findByRole("radio", { name: /Đơn hàng/ }));
  await user.type(screen.getByRole("textbox", { name: "ma" }), "DH-7");
  await user.type(screen.getByRole("textbox", { name: "ngay" }), "24/11/2026");
  await user.click(screen.getByRole("radio", { name: "Một số khác" }));
  const number = screen.getByRole("textbox", { name: "Số điện thoại" });
  await user.type(number, "024 3825 1234{Enter}");
  expect(screen.getByText("Cần một số di động")).toBeVisible();
  expect(sent()).toEqual([]);
  await user.clear(number);
  await user.type(number, "0912 345 678");
  raise();
  await user.keyboard("{Enter}");
  expect(await screen.findByText(/Giá vừa đổi/)).toBeVisible();
  await user.click(await screen.findByRole("button", { name: /^Gửi với giá 250/ }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const ids = sent().map(({ input }) => (input as { clientId: string }).clientId);
  expect(new Set(ids).size).toBe(2);
});

test("whoever may not spend money is offered none", async () => {
  const desk = await begin();
  desk.desk.client.update((s) => ({ ...s, session: { ...s.session, permissions: ["work"] } }));
  await screen.findAllByText(/quá hạn|thời hạn/);
  await waitFor(() => expect(screen.queryByRole("button", { name: "Gửi tin mẫu" })).toBeNull());
});

test("where the channel has no templates, those of an account that a number is enough for are offered, and go by it", async () => {
  const { user, sent, desk } = await begin({ byOther: true });
  await user.click(await screen.findByRole("button", { name: "Gửi tin mẫu" }));
  expect(await screen.findByText(/tin đến số điện thoại của khách/)).toBeVisible();
  expect(desk.sent.find((s) => s.name === "template.list")?.input).toMatchObject({ accountId: oa.id });
  await user.click(screen.getByRole("radio", { name: /Xin ý kiến/ }));
  // The only way there is to send it is no choice.
  for (const name of [/Khách 1/, "Một số khác"]) expect(screen.queryByRole("radio", { name })).toBeNull();
  await user.type(screen.getByRole("textbox", { name: "Số điện thoại" }), "0912 345 678");
  desk.answer({ "template.send": () => ({ message: message(shut.id, 2, { direction: "out" }) }) });
  await user.click(screen.getByRole("button", { name: /^Gửi với giá 300/ }));
  await waitFor(() =>
    expect(sent()).toMatchObject([
      { input: { accountId: oa.id, conversationId: shut.id, to: { by: "phone", phone: "0912 345 678" } } },
    ]),
  );
});
