import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { conversation, facebook, morning, page } from "../../../../test/renderer/builders.ts";
import { desk } from "../../../../test/renderer/desk.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { openConversation } from "../../actions/open-conversation.ts";
import { ticker } from "../../ui/ticker.ts";
import ConversationPanel from "./conversation.tsx";

const c1 = conversation(1).id;

async function opened(counter: "sms" | null, oneWay = false) {
  const d = await desk();
  const text = { maxLength: 670, counter };
  d.client.update((s) => ({
    ...s,
    people: {
      ...s.people,
      channels: { facebook: { ...facebook, capabilities: { ...facebook.capabilities, text } } },
      accounts: { [page.id]: { ...page, oneWay } },
    },
  }));
  ticker.setSkew(morning - Date.now());
  openConversation(d.client, c1);
  const shown = show(d, <ConversationPanel />);
  const box = await screen.findByRole("textbox", { name: "Soạn trả lời" });
  return { ...shown, box };
}

test("one letter that costs the cheap alphabet is named, and its mark is taken away and put back with one click", async () => {
  const { user, box } = await opened("sms");
  await user.type(box, "Don hang cua chi se toi vao ngày mai nhe");
  expect(await screen.findByText(/1 tin SMS/)).toBeVisible();
  expect(screen.queryByText(/thay vì 160/)).toBeNull();
  await user.type(box, " ạ");
  expect(await screen.findByText("“ạ” làm mỗi tin chỉ còn 70 ký tự thay vì 160")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Bỏ dấu (1 tin)" }));
  expect(box).toHaveValue("Don hang cua chi se toi vao ngay mai nhe a");
  expect(screen.queryByText(/Unicode/)).toBeNull();
  await user.click(screen.getByRole("button", { name: "Lấy lại dấu" }));
  await waitFor(() => expect(box).toHaveValue("Don hang cua chi se toi vao ngày mai nhe ạ"));
});

test("a text of many marks is counted in parts, and says how many it would be without", async () => {
  const { user, box } = await opened("sms");
  await user.click(box);
  await user.paste(
    "Đơn hàng của quý khách đã được giao cho bưu tá, dự kiến đến trong chiều nay ạ. ".repeat(2),
  );
  expect(await screen.findByText(/3 tin SMS/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Bỏ dấu (1 tin)" })).toBeVisible();
});

test("a sign that nobody sees is told by its number", async () => {
  const { user, box } = await opened("sms");
  await user.click(box);
  await user.paste("gia\u00a0500k");
  expect(await screen.findByText(/^U\+00A0 làm mỗi tin/)).toBeVisible();
});

test("a brandname says that nobody can answer it", async () => {
  await opened("sms", true);
  expect(await screen.findByText("Khách không trả lời được brandname này.")).toBeVisible();
});

test("a channel whose texts cost nothing counts nothing", async () => {
  const { user, box } = await opened(null);
  await user.type(box, "ạ");
  expect(screen.queryByText(/tin SMS/)).toBeNull();
});
