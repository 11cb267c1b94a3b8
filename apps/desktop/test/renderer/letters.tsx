import { screen } from "@testing-library/react";
import type { Editor } from "@tiptap/react";
import type { ChannelAccount, ChannelInfo, CommandInput, Letter, Message, Snapshot } from "@tongdai/shared";
import ConversationPanel from "../../src/renderer/panels/conversation/conversation.tsx";
import { useCommandKeys } from "../../src/renderer/shell/use-command-keys.ts";
import { Toaster } from "../../src/renderer/ui/toast.tsx";
import {
  cannedReplies,
  conversation,
  facebook,
  id,
  interaction,
  lan,
  message,
  morning,
  page,
} from "./builders.ts";
import { type Script, scripted } from "./script.ts";
import { show } from "./show.tsx";

export const mail: ChannelInfo = {
  ...facebook,
  id: "email",
  capabilities: {
    ...facebook.capabilities,
    work: "mail",
    address: "email",
    text: { maxLength: 100_000, counter: null },
    letters: { maxRecipients: 5 },
    reactions: [],
    replyWindow: null,
  },
};
export const mailbox: ChannelAccount = {
  ...page,
  id: id(21),
  channel: "email",
  externalId: "support@sen.vn",
};
const base = conversation(1);
export const thread = conversation(1, {
  channel: "email",
  accountId: mailbox.id,
  customerName: "Mai",
  subject: "Đơn hàng 77",
  interaction: interaction(base.id, { state: "active", ownerId: lan.id, channel: "email" }),
});

export const mai = { name: "Mai", address: "mai@khach.vn" };
export const hoa = { name: "", address: "hoa@khach.vn" };

export const letter = (change: Partial<Letter> = {}): Letter => ({
  subject: "Đơn hàng 77",
  from: mai,
  to: [{ name: "Sen Việt", address: "support@sen.vn" }],
  cc: [],
  bcc: [],
  replyTo: [],
  automatic: null,
  hasBody: false,
  refused: [],
  ...change,
});

export const asked = (change: Partial<Message> = {}): Message =>
  message(thread.id, 1, { text: "Đơn của tôi đâu?", letter: letter(), ...change });

const file = { kind: "file", name: "tep.pdf", mime: "application/pdf", size: 10, thumbnail: false } as const;

/** ProseMirror asks where things are on the screen. */
export function giveLayout(): void {
  const nowhere = () => new DOMRect();
  Range.prototype.getBoundingClientRect ??= nowhere;
  Range.prototype.getClientRects ??= () => Object.assign([], { item: () => null });
  document.elementFromPoint ??= () => null;
}

function WithKeys() {
  useCommandKeys();
  return (
    <>
      <ConversationPanel />
      <Toaster />
    </>
  );
}

/** A conversation of letters that Lan has in hand, opened. */
export async function openLetters(
  messages: readonly Message[] = [asked()],
  more: Script = {},
  rest: Parameters<typeof scripted>[1] = {},
  known: Partial<Snapshot> = {},
) {
  giveLayout();
  const desk = await scripted(
    {
      "conversation.get": () => ({
        conversation: thread,
        messages: [...messages],
        before: null,
        draft: null,
        companions: [],
      }),
      "interaction.history": () => ({ entries: [] }),
      "conversation.read": () => ({}),
      "typing.set": () => ({}),
      "draft.save": ({ mediaIds, ...written }) => ({
        draft: { ...written, media: mediaIds.map((mediaId) => ({ ...file, mediaId })), savedAt: morning },
      }),
      ...more,
    },
    {
      ...rest,
      hash: `#/inbox/${thread.id}`,
      snapshot: { channels: [mail], accounts: [mailbox], cannedReplies, ...known },
    },
  );
  const page = show(desk, <WithKeys />);
  const box = await screen.findByRole("textbox", { name: "Soạn trả lời" });
  await screen.findByRole("toolbar", { name: "Định dạng chữ" });
  return { ...page, ...desk, box: () => screen.getByRole("textbox", { name: "Soạn trả lời" }), first: box };
}

/** The editor behind the box: jsdom has no layout, in which letters could be typed. */
export function editorOf(box: HTMLElement): Editor {
  if (!("editor" in box)) throw new Error("this is no rich text box");
  return box.editor as Editor;
}

export const sentLetter = (sent: readonly { readonly name: string; readonly input: unknown }[]) =>
  sent.findLast((s) => s.name === "message.send")?.input as CommandInput<"message.send"> | undefined;
