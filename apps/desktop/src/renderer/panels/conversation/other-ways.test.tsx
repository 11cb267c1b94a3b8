import { fireEvent, screen, waitFor } from "@testing-library/react";
import type { ChannelAccount, ChannelInfo, Conversation, Uploaded, Way } from "@tongdai/shared";
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
  const box = await screen.findByRole("textbox");
  expect(box).toHaveValue("Đơn của chị đã giao");
  await waitFor(() => expect(box).toHaveFocus());
  expect(desk.client.store.getState().drafts[shut.id]?.text ?? "").toBe("");
  expect(desk.sent.find((s) => s.name === "conversation.begin")).toMatchObject({
    input: { fromConversationId: shut.id, identityId: open.identityId },
  });
});

test.each([
  ["another address", null, "Trả lời qua kênh khác"],
  ["a template, where the other address takes nothing,", "channel_off", "Gửi tin mẫu"],
] as const)("of the ways out of a shut window one stands out: %s", async (_, obstacle, first) => {
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
      "conversation.ways": () => ({
        ways: [{ identityId: id(78), channel: "sms", accountId: id(7), address: "0902 *** 001", obstacle }],
      }),
    },
    {
      hash: `#/inbox/${shut.id}`,
      snapshot: {
        channels: [
          { ...facebook, capabilities: { ...facebook.capabilities, templates: { by: ["id"] } } },
          { ...facebook, id: "sms" },
        ],
      },
    },
  );
  show(desk, <ConversationPanel />);
  const names = ["Trả lời qua kênh khác", "Gửi tin mẫu"];
  await screen.findByRole("button", { name: /kênh khác/ });
  const stands = names.filter((name) => screen.getByRole("button", { name }).classList.contains("bg-accent"));
  expect(stands).toEqual([first]);
});

const sms: ChannelInfo = {
  ...facebook,
  id: "sms",
  capabilities: {
    ...facebook.capabilities,
    text: { maxLength: 160, counter: "sms" },
    attachments: { ...facebook.capabilities.attachments, kinds: [], maxBytes: 0, imageMaxBytes: 0 },
    replyWindow: null,
  },
};
const phone: ChannelAccount = { ...page, id: id(21), channel: "sms", externalId: "+842873001234" };
const texting: Conversation = {
  ...conversation(3),
  customerId: open.customerId,
  channel: "sms",
  accountId: phone.id,
  identityId: id(78),
  interaction: interaction(conversation(3).id, mine),
};
const toPage: Way = {
  identityId: open.identityId,
  channel: "facebook",
  accountId: page.id,
  address: "Lan",
  obstacle: null,
};
const toPhone: Way = { ...toPage, identityId: id(79), channel: "sms", address: "0902 *** 001" };

/** A desk on which one of the customer's conversations is open, and another of their addresses leads to Messenger. */
async function writingIn(from: Conversation, ways: readonly Way[], account: Partial<ChannelAccount> = {}) {
  const uploaded: string[] = [];
  const desk = await scripted(
    {
      "conversation.get": ({ conversationId }) => ({
        conversation: conversationId === from.id ? from : open,
        messages: [message(conversationId, 1)],
        before: null,
        draft: null,
        companions: [],
      }),
      "interaction.history": () => ({ entries: [] }),
      "conversation.read": () => ({}),
      "typing.set": () => ({}),
      "conversation.ways": () => ({ ways: [...ways] }),
      "conversation.begin": () => ({ conversation: open }),
      "draft.save": () => ({ draft: null }),
    },
    {
      hash: `#/inbox/${from.id}`,
      snapshot: { channels: [facebook, sms], accounts: [page, phone].map((a) => ({ ...a, ...account })) },
      rest: {
        upload: async (_file, name): Promise<Uploaded> => {
          uploaded.push(name);
          return { mediaId: id(62_000), name, kind: "image", mime: "image/png", size: 1, thumbnail: false };
        },
      },
    },
  );
  const shown = show(desk, <ConversationPanel />);
  const box = await screen.findByRole("textbox", { name: "Soạn trả lời" });
  return { ...shown, desk, uploaded, box };
}

const elsewhere = () => screen.queryByRole("button", { name: "Trả lời qua kênh khác" });

test("a file that this channel does not take stands in the answer, holds it back, and goes to a channel that takes it", async () => {
  const { user, desk, uploaded, box } = await writingIn(texting, [toPage, toPhone]);
  await user.type(box, "Hoá đơn của chị");
  expect(elsewhere()).toBeNull();
  const picture = new File(["x"], "1.png", { type: "image/png" });
  fireEvent.paste(box, { clipboardData: { files: [picture], types: ["Files"] } });
  expect(await screen.findByText("Kênh này không nhận loại tệp của 1.png")).toBeVisible();
  await user.type(box, "{Enter}");
  expect(desk.sent.some((s) => s.name === "message.send")).toBe(false);
  expect(uploaded).toEqual([]);
  await user.click(await screen.findByRole("button", { name: "Trả lời qua kênh khác" }));
  expect(await screen.findByRole("menuitem", { name: /0902.*không nhận tệp/ })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await user.click(screen.getByRole("menuitem", { name: /Lan$/ }));
  await waitFor(() =>
    expect(desk.client.store.getState().drafts[open.id]).toMatchObject({
      text: "Hoá đơn của chị",
      mediaIds: [id(62_000)],
    }),
  );
  expect(uploaded).toEqual(["1.png"]);
  expect(desk.client.store.getState().uploads).toEqual([]);
});

test("words that would be cut up may go whole by another channel, and no way is shown that cuts them too", async () => {
  const { desk, box } = await writingIn(texting, [toPage]);
  fireEvent.change(box, { target: { value: "Dạ đơn của chị đang trên đường ạ. ".repeat(8) } });
  await waitFor(() => expect(elsewhere()).toBeVisible());
  changeDraft(desk.client, texting.id, { text: "Dạ" });
  await waitFor(() => expect(elsewhere()).toBeNull());
  desk.answer({ "conversation.ways": () => ({ ways: [toPhone] }) });
  const before = desk.sent.length;
  changeDraft(desk.client, texting.id, { text: "Dạ đơn của chị đang trên đường ạ. ".repeat(8) });
  await waitFor(() => expect(desk.sent.slice(before).some((s) => s.name === "conversation.ways")).toBe(true));
  expect(elsewhere()).toBeNull();
});

test("an account that sends nothing now leaves the other channels, and the box too", async () => {
  const { box } = await writingIn(texting, [toPage], {
    health: { ...page.health, state: "login_needed" },
  });
  await waitFor(() => expect(elsewhere()).toBeVisible());
  expect(box).toBeEnabled();
});
