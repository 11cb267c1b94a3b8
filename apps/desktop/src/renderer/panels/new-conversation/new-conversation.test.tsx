import { screen, waitFor } from "@testing-library/react";
import { AppError, type ChannelInfo } from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import {
  conversation,
  facebook,
  id,
  interaction,
  lan,
  message,
  page,
} from "../../../../test/renderer/builders.ts";
import { customer } from "../../../../test/renderer/records.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { openDialog } from "../../actions/navigate.ts";
import NewConversationDialog from "./new-conversation.tsx";

const phoneCapabilities = { ...facebook.capabilities, address: "phone", begins: true } as const;
const mailCapabilities = {
  ...facebook.capabilities,
  address: "email",
  begins: true,
  letters: { maxRecipients: 9 },
} as const;
const channels: ChannelInfo[] = [
  facebook,
  { ...facebook, id: "sms", capabilities: phoneCapabilities },
  { ...facebook, id: "email", capabilities: mailCapabilities },
];
const brand = { ...page, id: id(81), channel: "sms", name: "SEN VIET" } as const;
const number = { ...page, id: id(82), channel: "sms", name: "0909 111 222" } as const;
const mailbox = { ...page, id: id(83), channel: "email", name: "Hộp thư" } as const;
const made = conversation(9, {
  channel: "sms",
  interaction: interaction(conversation(9).id, { ownerId: lan.id }),
});

async function dialog(more: Script = {}) {
  const desk = await scripted(
    {
      "customer.search": () => ({ customers: [], next: null }),
      "conversation.begin": () => ({ conversation: made }),
      "message.send": ({ conversationId, text }) => ({ messages: [message(conversationId, 1, { text })] }),
      "conversation.get": () => ({
        conversation: made,
        messages: [],
        before: null,
        draft: null,
        companions: [],
      }),
      ...more,
    },
    { snapshot: { channels, accounts: [page, brand, number, mailbox] } },
  );
  const { user } = show(desk, <NewConversationDialog />);
  openDialog(desk.client, { kind: "new_conversation" });
  const box = await screen.findByRole("combobox", { name: /Gửi tới/ });
  const begun = () => desk.sent.filter((s) => s.name === "conversation.begin").map((s) => s.input);
  return { desk, user, box, begun };
}

describe("a new conversation", () => {
  test("goes to a number as it was called before 2018, from the keyboard, by the account that is chosen", async () => {
    const { desk, user, begun } = await dialog();
    await user.keyboard("0163 234 5678");
    expect(await screen.findByRole("option", { name: "Nhắn tới 0332 345 678" })).toBeVisible();
    await user.keyboard("{Enter}");
    await user.click(await screen.findByRole("combobox", { name: "Gửi bằng" }));
    await user.click(await screen.findByRole("option", { name: /0909 111 222/ }));
    expect(screen.getByRole("button", { name: "Gửi" })).toBeDisabled();
    await user.type(screen.getByRole("textbox", { name: /Nội dung/ }), "Đơn đã giao ạ");
    await user.click(screen.getByRole("button", { name: "Gửi" }));
    await waitFor(() =>
      expect(desk.client.store.getState().ui.route).toEqual({ name: "inbox", conversationId: made.id }),
    );
    expect(begun()).toMatchObject([{ accountId: number.id, address: "+84332345678", subject: "" }]);
    expect(desk.sent.find((s) => s.name === "message.send")?.input).toMatchObject({
      conversationId: made.id,
      text: "Đơn đã giao ạ",
    });
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  test("by letter asks what it is about", async () => {
    const { user, begun } = await dialog();
    await user.keyboard("lan@example.vn");
    await screen.findByRole("option", { name: "Nhắn tới lan@example.vn" });
    await user.keyboard("{Enter}");
    await user.type(await screen.findByRole("textbox", { name: /Nội dung/ }), "Em gửi báo giá");
    expect(screen.getByRole("button", { name: "Gửi" })).toBeDisabled();
    await user.type(screen.getByRole("textbox", { name: /Tiêu đề/ }), "Báo giá");
    await user.click(screen.getByRole("button", { name: "Gửi" }));
    await waitFor(() => expect(begun()).toMatchObject([{ accountId: mailbox.id, subject: "Báo giá" }]));
  });

  test("finds customers by name and offers their addresses, with what is in the way of each", async () => {
    const known = customer({ name: "Phạm Thị Lan" });
    const way = { channel: "sms", accountId: brand.id } as const;
    const { desk, user, begun } = await dialog({
      "customer.search": () => ({ customers: [known], next: null }),
      "conversation.ways": () => ({
        ways: [
          { ...way, identityId: id(91), address: "0902 *** 001", obstacle: null },
          { ...way, identityId: id(92), address: "0903 *** 002", obstacle: "opted_out" },
        ],
      }),
    });
    await user.keyboard("lan");
    desk.clock.advance(200);
    await screen.findByRole("option", { name: /Phạm Thị Lan/ });
    await user.keyboard("{Enter}");
    await user.click(await screen.findByRole("combobox", { name: "Địa chỉ" }));
    expect(await screen.findByRole("option", { name: /0903 \*\*\* 002.*từ chối nhận/ })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
    await user.keyboard("{Escape}");
    await user.type(screen.getByRole("textbox", { name: /Nội dung/ }), "Chào chị");
    await user.click(screen.getByRole("button", { name: "Gửi" }));
    await waitFor(() => expect(begun()).toMatchObject([{ identityId: id(91) }]));
  });

  test("that is refused says why and keeps what was typed", async () => {
    const { user } = await dialog({
      "conversation.begin": () => {
        throw new AppError("opted_out", "no");
      },
    });
    await user.keyboard("lan@example.vn");
    await screen.findByRole("option", { name: "Nhắn tới lan@example.vn" });
    await user.keyboard("{Enter}");
    await user.type(await screen.findByRole("textbox", { name: /Tiêu đề/ }), "Báo giá");
    await user.type(screen.getByRole("textbox", { name: /Nội dung/ }), "Em gửi báo giá");
    await user.click(screen.getByRole("button", { name: "Gửi" }));
    expect(await screen.findByRole("alert")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Chọn người khác" }));
    await user.type(await screen.findByRole("combobox", { name: /Gửi tới/ }), "0901234567{Enter}");
    expect(await screen.findByRole("textbox", { name: /Nội dung/ })).toHaveValue("Em gửi báo giá");
  });
});
