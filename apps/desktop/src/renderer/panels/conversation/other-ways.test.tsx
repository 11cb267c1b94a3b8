import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { conversation, id, interaction, lan, message, morning } from "../../../../test/renderer/builders.ts";
import { scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { changeDraft } from "../../actions/save-draft.ts";
import ConversationPanel from "./conversation.tsx";

const DAY = 24 * 3_600_000;
const mine = { state: "active", ownerId: lan.id } as const;
const shut = conversation(1, {
  windowOpenedAt: morning - 30 * DAY,
  lastInboundAt: morning - 30 * DAY,
  interaction: interaction(conversation(1).id, mine),
});
const open = conversation(2, {
  customerId: shut.customerId,
  interaction: interaction(conversation(2).id, mine),
});

test("behind a closed window the customer's other addresses are offered, and what was typed goes along", async () => {
  const ways = [
    {
      identityId: open.identityId,
      channel: "sms",
      accountId: id(7),
      address: "0902 *** 001",
      obstacle: null,
    },
    { identityId: id(77), channel: "zalo", accountId: id(8), address: "Lan", obstacle: "channel_off" },
  ] as const;
  const desk = await scripted(
    {
      "conversation.get": ({ conversationId }) => ({
        conversation: conversationId === open.id ? open : shut,
        messages: [message(conversationId, 1)],
        before: null,
        draft: null,
        companions: [],
      }),
      "interaction.history": () => ({ entries: [] }),
      "conversation.read": () => ({}),
      "conversation.ways": () => ({ ways: [...ways] }),
      "conversation.begin": () => ({ conversation: open }),
      "draft.save": ({ conversationId, text }) => ({
        draft: text
          ? {
              conversationId,
              text,
              media: [],
              replyToId: null,
              note: false,
              privately: false,
              letter: null,
              savedAt: morning,
            }
          : null,
      }),
    },
    { hash: `#/inbox/${shut.id}` },
  );
  const { user } = show(desk, <ConversationPanel />);
  changeDraft(desk.client, shut.id, { text: "Đơn của chị đã giao" });
  await user.click(await screen.findByRole("button", { name: "Trả lời qua kênh khác" }));
  expect(await screen.findByRole("menuitem", { name: /kênh đang tắt/ })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await user.click(screen.getByRole("menuitem", { name: /0902/ }));
  await waitFor(() =>
    expect(desk.client.store.getState().ui.route).toEqual({ name: "inbox", conversationId: open.id }),
  );
  expect(await screen.findByRole("textbox")).toHaveValue("Đơn của chị đã giao");
  expect(desk.client.store.getState().drafts[shut.id]?.text ?? "").toBe("");
  expect(desk.sent.find((s) => s.name === "conversation.begin")).toMatchObject({
    input: { fromConversationId: shut.id, identityId: open.identityId },
  });
});
