import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import {
  conversation,
  fromLan,
  interaction,
  lan,
  message,
  morning,
} from "../../../../test/renderer/builders.ts";
import { scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import ConversationPanel from "./conversation.tsx";

const mine = { state: "active", ownerId: lan.id } as const;
const refused = conversation(1, {
  optedOutAt: morning,
  interaction: interaction(conversation(1).id, mine),
});

test("to who refused nothing can be written until an agent notes how the customer agreed again", async () => {
  const desk = await scripted(
    {
      "conversation.get": ({ conversationId }) => ({
        conversation: refused,
        messages: [
          message(conversationId, 1),
          fromLan(conversationId, 2, {
            state: "failed",
            error: { code: "recipient_unavailable", detail: "" },
          }),
        ],
        before: null,
        draft: null,
        companions: [],
      }),
      "interaction.history": () => ({ entries: [] }),
      "conversation.read": () => ({}),
      "conversation.ways": () => ({ ways: [] }),
      "conversation.opt_in": () => ({ conversation: { ...refused, optedOutAt: null } }),
    },
    { hash: `#/inbox/${refused.id}` },
  );
  const { user } = show(desk, <ConversationPanel />);
  expect(await screen.findByText(/Khách đã từ chối nhận tin/)).toBeVisible();
  expect(screen.queryByRole("textbox")).toBeNull();
  // What failed before would be refused again.
  expect(screen.getByRole("button", { name: "Bỏ tin này" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Gửi lại" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Khách đồng ý lại" }));
  const save = await screen.findByRole("button", { name: "Cho phép gửi lại" });
  expect(save).toBeDisabled();
  await user.type(
    screen.getByRole("textbox", { name: "Khách báo khi nào, bằng cách nào" }),
    " gọi lúc 9 giờ ",
  );
  await user.click(save);
  await waitFor(() => expect(screen.queryByText(/Khách đã từ chối nhận tin/)).toBeNull());
  expect(screen.getByRole("button", { name: "Gửi lại" })).toBeVisible();
  expect(desk.sent.find((s) => s.name === "conversation.opt_in")).toMatchObject({
    input: { conversationId: refused.id, reason: "gọi lúc 9 giờ" },
  });
});
