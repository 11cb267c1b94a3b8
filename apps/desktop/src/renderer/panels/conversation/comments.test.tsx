import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import type { ChannelInfo, Comment, Message, Way } from "@tongdai/shared";
import { expect, test } from "vitest";
import { conversation, facebook, fromLan, id, message, morning } from "../../../../test/renderer/builders.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { openConversation } from "../../actions/open-conversation.ts";
import { ticker } from "../../ui/ticker.ts";
import ConversationPanel from "./conversation.tsx";

const DAY = 24 * 3_600_000;

const comments: ChannelInfo = {
  id: "facebook_comments",
  capabilities: {
    ...facebook.capabilities,
    public: { powers: ["hide", "like", "delete"], privateReply: { within: 7 * DAY, maxLength: 2000 } },
    reactions: [],
    replyWindow: null,
  },
  setup: null,
  comments: null,
};

const thread = conversation(1, {
  channel: "facebook_comments",
  windowOpenedAt: null,
  post: {
    id: id(500),
    text: "Áo dài lụa đã về",
    url: "https://www.facebook.com/1/posts/2",
    pictureMediaId: null,
    postedAt: morning - DAY,
    removed: false,
  },
});

const plain: Comment = { author: null, hidden: false, liked: false, isPrivate: false, act: null };
const said = (n: number, change: Partial<Message> = {}, comment: Partial<Comment> = {}): Message =>
  message(thread.id, n, { text: `Bình luận ${n}`, ...change, comment: { ...plain, ...comment } });

async function opened(
  messages: Message[],
  o: { script?: Script; permissions?: string[]; channels?: ChannelInfo[] } = {},
) {
  ticker.setSkew(morning - Date.now());
  const desk = await scripted(
    {
      "conversation.get": () => ({ conversation: thread, messages, before: null, draft: null }),
      "conversation.company": () => ({ companions: [], whispers: [] }),
      "message.send": ({ clientId, text }) => ({
        messages: [fromLan(thread.id, 50, { clientId, text, comment: plain })],
      }),
      "message.moderate": ({ messageId, act }) => {
        const of = messages.find((m) => m.id === messageId);
        if (!of) throw new Error("no such message");
        return { message: { ...of, comment: { ...plain, act: { kind: act, error: null } } } };
      },
      "draft.save": () => ({ draft: null }),
      ...o.script,
    },
    {
      snapshot: {
        channels: [facebook, comments, ...(o.channels ?? [])],
        permissions: o.permissions ?? ["work"],
      },
    },
  );
  openConversation(desk.client, thread.id);
  const page = show(desk, <ConversationPanel />);
  await screen.findByRole("textbox", { name: "Soạn trả lời" });
  return { ...desk, ...page };
}

const inputs = (desk: { sent: readonly { name: string; input: unknown }[] }, name: string) =>
  desk.sent.filter((s) => s.name === name).map((s) => s.input);

/** The tools of a comment, as the pointer brings them. */
async function toolsOf(user: { hover(element: Element): Promise<void> }, text: string) {
  // A quote of it is a button.
  await user.hover(screen.getByText(text, { selector: "span" }));
  return within(await screen.findByRole("toolbar"));
}

/** By keyboard, as it is reached from the message with Tab. */
async function press(user: { keyboard(keys: string): Promise<void> }, button: HTMLElement) {
  act(() => button.focus());
  await user.keyboard("{Enter}");
}

test("the post stands above its comments, with a way to it", async () => {
  await opened([said(1)]);
  const post = within(screen.getByRole("region", { name: "Bài viết" }));
  expect(post.getByText("Áo dài lụa đã về")).toBeVisible();
  expect(post.getByRole("button", { name: "Mở bài viết" })).toBeVisible();
});

test("whoever joins in is called by their own name, and by none where it is not told", async () => {
  await opened([said(1), said(2, {}, { author: "Lê Văn Bình" }), said(3, {}, { author: "" })]);
  // In one minute, and still each under a name of their own.
  for (const name of ["Lê Văn Bình", "Ai đó"])
    expect(screen.getByText(name).closest("p")).not.toHaveClass("sr-only");
});

test("an answer says that everybody reads it before it leaves", async () => {
  const desk = await opened([said(1)]);
  expect(screen.getByRole("radio", { name: "Công khai" })).toBeChecked();
  expect(screen.getByText("Mọi người đều đọc được")).toBeVisible();
  await desk.user.type(screen.getByRole("textbox", { name: "Soạn trả lời" }), "Dạ 450k ạ");
  await desk.user.click(screen.getByRole("button", { name: "Đăng công khai" }));
  await waitFor(() => expect(inputs(desk, "message.send")).toHaveLength(1));
  expect(inputs(desk, "message.send")[0]).toMatchObject({ text: "Dạ 450k ạ", replyToId: null });
  expect(inputs(desk, "message.send")[0]).not.toHaveProperty("privately");
});

test("a private answer names its comment and its rule, and leaves as one", async () => {
  const desk = await opened([said(1)]);
  await desk.user.click(screen.getByRole("radio", { name: "Riêng" }));
  expect(screen.getByText(/Chỉ .+ đọc được, còn [67] ngày/)).toBeVisible();
  await desk.user.type(screen.getByRole("textbox", { name: "Soạn trả lời" }), "Em nhắn riêng ạ");
  await desk.user.click(screen.getByRole("button", { name: "Gửi riêng" }));
  await waitFor(() => expect(inputs(desk, "message.send")).toHaveLength(1));
  expect(inputs(desk, "message.send")[0]).toMatchObject({ privately: true, replyToId: said(1).id });
  expect(screen.getByRole("radio", { name: "Công khai" })).toBeChecked();
});

test("a private answer goes to the customer, and to somebody who joined in only when their comment is chosen", async () => {
  const desk = await opened([said(1), said(2, {}, { author: "Lê Văn Bình" })]);
  await desk.user.click(screen.getByRole("radio", { name: "Riêng" }));
  const box = screen.getByRole("textbox", { name: "Soạn trả lời" });
  expect(box).toHaveAttribute("placeholder", `Nhắn riêng cho ${thread.customerName}`);
  const tools = await toolsOf(desk.user, "Bình luận 2");
  await press(desk.user, tools.getByRole("button", { name: "Trả lời riêng qua tin nhắn" }));
  expect(box).toHaveAttribute("placeholder", "Nhắn riêng cho Lê Văn Bình");
  expect(screen.getByText(/Chỉ Lê Văn Bình đọc được/)).toBeVisible();
  await press(desk.user, screen.getByRole("button", { name: "Bỏ trả lời tin này" }));
  await desk.user.type(box, "Em nhắn riêng ạ");
  await desk.user.click(screen.getByRole("button", { name: "Gửi riêng" }));
  await waitFor(() => expect(inputs(desk, "message.send")).toHaveLength(1));
  expect(inputs(desk, "message.send")[0]).toMatchObject({ privately: true, replyToId: said(1).id });
});

test("a private answer stays private while nothing is typed, and over a reload", async () => {
  const desk = await opened([said(1)], {
    script: {
      "draft.save": ({ mediaIds, ...written }) => ({
        draft: { ...written, media: mediaIds.map(() => never()), savedAt: morning },
      }),
    },
  });
  const isPrivate = () => expect(screen.getByRole("radio", { name: "Riêng" })).toBeChecked();
  await desk.user.click(screen.getByRole("radio", { name: "Riêng" }));
  desk.clock.advance(1_000);
  await waitFor(() => expect(inputs(desk, "draft.save")).toHaveLength(1));
  expect(inputs(desk, "draft.save")[0]).toMatchObject({ text: "", privately: true });
  await waitFor(() => expect(desk.client.store.getState().drafts[thread.id]?.dirty).toBe(false));
  isPrivate();
});

const never = () => {
  throw new Error("no file here");
};

test("a comment that had its private answer, or is too old, is not offered another", async () => {
  const answer = fromLan(thread.id, 2, {
    replyTo: { messageId: said(1).id, excerpt: "Bình luận 1" },
    comment: { ...plain, isPrivate: true },
  });
  const desk = await opened([said(1), answer]);
  await desk.user.type(screen.getByRole("textbox", { name: "Soạn trả lời" }), "Dạ");
  await desk.user.click(screen.getByRole("radio", { name: "Riêng" }));
  expect(screen.getByText(/^Bình luận này đã có tin trả lời riêng/)).toHaveTextContent(/được giữ/);
  expect(screen.queryByRole("textbox")).toBeNull();
  await desk.user.click(screen.getByRole("radio", { name: "Công khai" }));
  expect(screen.getByRole("textbox", { name: "Soạn trả lời" })).toHaveValue("Dạ");
  expect(
    (await toolsOf(desk.user, "Bình luận 1")).queryByRole("button", { name: /Trả lời riêng/ }),
  ).toBeNull();
});

test("after seven days the box for a private answer gives way to the reason", async () => {
  const desk = await opened([said(1)]);
  await desk.user.click(screen.getByRole("radio", { name: "Riêng" }));
  expect(screen.getByRole("textbox", { name: "Soạn trả lời" })).toBeVisible();
  act(() => ticker.setSkew(morning + 8 * DAY - Date.now()));
  expect(await screen.findByText(/^Đã quá 7 ngày/)).toBeVisible();
  expect(screen.queryByRole("textbox")).toBeNull();
});

const email: ChannelInfo = {
  ...facebook,
  id: "email",
  capabilities: { ...facebook.capabilities, address: "email", text: { maxLength: 100_000, counter: null } },
};
const mailbox: Way = {
  identityId: id(79),
  channel: "email",
  accountId: id(23),
  address: "mai@example.com",
  obstacle: null,
};
const elsewhere = () => screen.queryByRole("button", { name: "Trả lời qua kênh khác" });

test("a private answer that is too long stays, says by how much, and may go by another channel of the customer's", async () => {
  const desk = await opened([said(1)], {
    channels: [email],
    script: { "conversation.ways": () => ({ ways: [mailbox] }) },
  });
  const box = screen.getByRole("textbox", { name: "Soạn trả lời" });
  fireEvent.change(box, { target: { value: "a".repeat(2_003) } });
  expect(elsewhere()).toBeNull();
  await desk.user.click(screen.getByRole("radio", { name: "Riêng" }));
  expect(await screen.findByText(/tối đa 2\.000 ký tự: hãy bớt 3 ký tự/)).toBeVisible();
  await waitFor(() => expect(elsewhere()).toBeVisible());
  await desk.user.click(screen.getByRole("button", { name: "Gửi riêng" }));
  expect(inputs(desk, "message.send")).toEqual([]);
  expect(box).toHaveValue("a".repeat(2_003));
  fireEvent.change(box, { target: { value: "a".repeat(2_000) } });
  await waitFor(() => expect(elsewhere()).toBeNull());
  await desk.user.click(screen.getByRole("button", { name: "Gửi riêng" }));
  await waitFor(() => expect(inputs(desk, "message.send")).toHaveLength(1));
});

test("where the one private answer was given, the customer's other channels are offered", async () => {
  const answer = fromLan(thread.id, 2, {
    replyTo: { messageId: said(1).id, excerpt: "Bình luận 1" },
    comment: { ...plain, isPrivate: true },
  });
  const desk = await opened([said(1), answer], {
    channels: [email],
    script: { "conversation.ways": () => ({ ways: [mailbox] }) },
  });
  expect(elsewhere()).toBeNull();
  await desk.user.click(screen.getByRole("radio", { name: "Riêng" }));
  await waitFor(() => expect(elsewhere()).toBeVisible());
});

test("hiding is asked for at once and can be taken back", async () => {
  const desk = await opened([said(1)]);
  await press(
    desk.user,
    (await toolsOf(desk.user, "Bình luận 1")).getByRole("button", { name: "Ẩn bình luận" }),
  );
  await waitFor(() => expect(screen.getByText("Đang chờ kênh làm")).toBeVisible());
  expect(inputs(desk, "message.moderate")).toEqual([{ messageId: said(1).id, act: "hide" }]);
});

test("what is hidden, liked and refused stands at the comment, with a way to try again", async () => {
  const error = { code: "permission" as const, detail: "(#200)" };
  const desk = await opened([said(1, {}, { hidden: true, liked: true, act: { kind: "unhide", error } })]);
  expect(screen.getByText("Đã ẩn")).toBeVisible();
  expect(screen.getByText("Đã thích")).toBeVisible();
  await desk.user.click(within(screen.getByRole("alert")).getByRole("button", { name: "Thử lại" }));
  await waitFor(() =>
    expect(inputs(desk, "message.moderate")).toEqual([{ messageId: said(1).id, act: "unhide" }]),
  );
});

test("nobody is said to have deleted a comment: it may have been us", async () => {
  await opened([said(1, { text: "", state: "removed" })]);
  expect(screen.getByText("Bình luận đã bị xoá")).toBeVisible();
  expect(screen.queryByText(/Khách đã thu hồi/)).toBeNull();
});

test("a deletion waits some seconds in which it can be undone, and is offered to who may", async () => {
  const desk = await opened([said(1)], { permissions: ["work", "comments.delete"] });
  const remove = async () =>
    press(
      desk.user,
      (await toolsOf(desk.user, "Bình luận 1")).getByRole("button", { name: "Xoá bình luận" }),
    );
  await remove();
  expect(inputs(desk, "message.moderate")).toEqual([]);
  act(() => desk.clock.advance(6_000));
  await waitFor(() =>
    expect(inputs(desk, "message.moderate")).toEqual([{ messageId: said(1).id, act: "delete" }]),
  );
});

test("an agent without the permission is not offered to delete others' words, only their own", async () => {
  const desk = await opened([said(1), fromLan(thread.id, 2, { text: "Của em", comment: plain })]);
  const theirs = await toolsOf(desk.user, "Bình luận 1");
  expect(theirs.queryByRole("button", { name: "Xoá bình luận" })).toBeNull();
  const own = await toolsOf(desk.user, "Của em");
  expect(own.getByRole("button", { name: "Xoá bình luận" })).toBeVisible();
});
