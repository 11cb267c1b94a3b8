import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { AppError } from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { conversation, fromLan, id, message, minh, morning } from "../../../../test/renderer/builders.ts";
import { type Desk, desk } from "../../../../test/renderer/desk.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { focusOn, openDialog } from "../../actions/navigate.ts";
import { openConversation } from "../../actions/open-conversation.ts";
import { changeDraft } from "../../actions/save-draft.ts";
import { selectConversation } from "../../state/selectors.ts";
import { ticker } from "../../ui/ticker.ts";
import ConversationPanel from "./conversation.tsx";
import { mentionSuggestions } from "./suggestions.tsx";

const c1 = conversation(1).id;

/** The page's own clock follows the tests' morning, so that windows are what the demo says they are. */
async function opened(conversationId = c1, prepare: (d: Desk) => void = () => {}) {
  const d = await desk();
  ticker.setSkew(morning - Date.now());
  prepare(d);
  openConversation(d.client, conversationId);
  const page = show(d, <ConversationPanel />);
  await screen.findByRole("heading", { level: 2 });
  return { ...page, d };
}

const box = () => screen.getByRole("textbox", { name: "Soạn trả lời" });
const last = (d: Desk, of = c1) => d.world.messages.get(of)?.at(-1);

describe("the composer", () => {
  test("sends with Enter, breaks the line with Shift+Enter, and is empty after", async () => {
    const { user, d } = await opened();
    await user.type(
      await screen.findByRole("textbox", { name: "Soạn trả lời" }),
      "Dạ{Shift>}{Enter}{/Shift}vâng{Enter}",
    );
    await waitFor(() => expect(last(d)?.text).toBe("Dạ\nvâng"));
    expect(box()).toHaveValue("");
  });

  test.each([{ isComposing: true, keyCode: 229 }, { keyCode: 229 }])(
    "Enter that ends a syllable (%o) sends nothing, in the composer or over the page",
    async (press) => {
      const { user, d } = await opened();
      await user.type(await screen.findByRole("textbox", { name: "Soạn trả lời" }), "tiếng");
      const before = d.socket.sent.length;
      fireEvent.keyDown(box(), { key: "Enter", code: "Enter", ...press });
      expect(box()).toHaveValue("tiếng");
      expect(d.socket.sent.slice(before).map((s) => s.name)).not.toContain("message.send");
    },
  );

  test("offers canned replies after / and puts the chosen one in", async () => {
    const { user } = await opened();
    await user.type(await screen.findByRole("textbox", { name: "Soạn trả lời" }), "/cam");
    expect(screen.getAllByRole("option")).toHaveLength(1);
    await user.keyboard("{Enter}");
    expect(box()).toHaveValue("Cảm ơn anh/chị đã liên hệ Sen Việt.");
  });

  test("in note mode mentions a colleague and writes a note, never a message", async () => {
    const { user, d } = await opened();
    await user.click(await screen.findByRole("radio", { name: "Ghi chú" }));
    await user.type(box(), "Nhờ @qu{Enter}xem giúp{Enter}");
    await waitFor(() =>
      expect(last(d)).toMatchObject({ kind: "note", text: "Nhờ @minh xem giúp", mentions: [minh.id] }),
    );
  });

  test("mentions first whose word begins with what was typed, not whose name has it inside", () => {
    const admin = { ...minh, id: id(77), username: "admin", name: "Quản trị" };
    expect(mentionSuggestions([admin, minh], "mi", null).map((s) => s.detail)).toEqual(["@minh", "@admin"]);
    expect(mentionSuggestions([admin, minh], "tri", null).map((s) => s.detail)).toEqual(["@admin"]);
  });

  test("says why nothing can be written when the window is closed, and still takes notes", async () => {
    const c2 = conversation(2).id;
    const { user } = await opened(c2, ({ world }) => {
      const old = world.conversations.get(c2);
      const long = morning - 8 * 24 * 3_600_000;
      if (old) world.conversations.set(c2, { ...old, windowOpenedAt: long, lastInboundAt: long });
    });
    expect(await screen.findByText(/Đã quá thời hạn trả lời của kênh/)).toBeVisible();
    expect(screen.queryByRole("textbox", { name: "Soạn trả lời" })).toBeNull();
    await user.click(screen.getByRole("radio", { name: "Ghi chú" }));
    expect(box()).toBeVisible();
  });

  test("is there to the last second of the window, then says at once that it is over and what can be done", async () => {
    const { user, d } = await opened(c1, ({ world }) => {
      const old = world.conversations.get(c1);
      const end = morning + 30_500 - 7 * 24 * 3_600_000;
      if (old) world.conversations.set(c1, { ...old, windowOpenedAt: end, lastInboundAt: end });
    });
    await user.type(await screen.findByRole("textbox", { name: "Soạn trả lời" }), "gần xong");
    act(() => ticker.setSkew(morning + 31_000 - Date.now()));
    expect(screen.getByText("Đã quá hạn trả lời")).toBeVisible();
    expect(screen.getByText(/theo tiếp bằng cách khác.*Nội dung vẫn được giữ/)).toBeVisible();
    expect(screen.queryByRole("textbox", { name: "Soạn trả lời" })).toBeNull();
    const composer = within(screen.getByRole("region", { name: "Soạn trả lời" }));
    await user.click(composer.getByRole("button", { name: /^Tạo phiếu/ }));
    expect(d.client.store.getState().ui.dialog).toMatchObject({ kind: "ticket" });
  });

  test("closes when the channel says of both windows that it is too late", async () => {
    const { d } = await opened();
    await screen.findByRole("textbox", { name: "Soạn trả lời" });
    const of = d.world.conversations.get(c1);
    if (!of) throw new Error("no first conversation");
    d.socket.tell({
      seq: 500,
      at: morning,
      name: "conversation.updated",
      actorId: null,
      data: { conversation: { ...of, windowRefusedAt: morning, humanWindowRefusedAt: morning } },
    });
    d.clock.advance(100);
    expect(await screen.findByText("Đã quá hạn trả lời")).toBeVisible();
  });

  test("asks to take the work first when nobody has it", async () => {
    const waiting = conversation(6).id;
    const { user, d } = await opened(waiting);
    const [take] = await screen.findAllByRole("button", { name: /Nhận/ });
    if (take) await user.click(take);
    await waitFor(() =>
      expect(d.world.conversations.get(waiting)?.interaction?.ownerId).toBe(d.world.snapshot.me.id),
    );
    expect(await screen.findByRole("textbox", { name: "Soạn trả lời" })).toBeVisible();
  });

  test("a note is typed at once where no answer may be written: the box that comes takes the focus", async () => {
    const waiting = conversation(6).id;
    const { user, d } = await opened(waiting);
    await screen.findAllByRole("button", { name: /Nhận/ });
    act(() => {
      changeDraft(d.client, waiting, { note: true });
      focusOn(d.client, "composer");
    });
    await waitFor(() => expect(box()).toHaveFocus());
    await user.keyboard("khách quen");
    expect(box()).toHaveValue("khách quen");
  });

  test("says that sending is held while offline, and shows what waits", async () => {
    const { user, d } = await opened();
    const text = await screen.findByRole("textbox", { name: "Soạn trả lời" });
    d.socket.drop();
    expect(await screen.findByText(/Tin được giữ lại và sẽ tự gửi/)).toBeVisible();
    await user.type(text, "giữ giúp em{Enter}");
    const bubble = (await screen.findByText("giữ giúp em")).closest("li");
    expect(bubble && within(bubble).getByText("Chờ có mạng")).toBeVisible();
  });
});

describe("a message", () => {
  test("that the gateway refuses can be edited and sent again", async () => {
    const { user, d } = await opened();
    d.socket.fail("message.send", new AppError("channel_refused", "no"));
    await user.type(await screen.findByRole("textbox", { name: "Soạn trả lời" }), "sai rồi{Enter}");
    await user.click(await screen.findByRole("button", { name: "Sửa rồi gửi lại" }));
    expect(box()).toHaveValue("sai rồi");
  });

  test("whose fate is unknown is never sent again by itself: the agent says what is so", async () => {
    const { user, d } = await opened();
    await user.click(await screen.findByRole("button", { name: "Đánh dấu đã gửi" }));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Đánh dấu đã gửi" })).toBeNull());
    expect(d.socket.sent.at(-1)).toMatchObject({ name: "message.resolve", input: { action: "mark_sent" } });
  });

  test("says when it was seen, not when it was written", async () => {
    await opened(c1, ({ world }) => {
      const seen = fromLan(c1, 59, { state: "read", stateAt: morning + 42 * 60_000, text: "Đã gửi rồi ạ" });
      world.messages.set(c1, [...(world.messages.get(c1) ?? []), seen]);
    });
    const bubble = (await screen.findByText("Đã gửi rồi ạ")).closest("li");
    expect(bubble).toHaveTextContent(/Đã xem 09:42/);
  });

  test("that comes in is said to screen readers once, and a stranger's markup stays text", async () => {
    const { d, container } = await opened();
    await screen.findByRole("textbox", { name: "Soạn trả lời" });
    const evil = message(c1, 9_500, { text: "<img src=x onerror=alert(1)>", at: morning });
    const of = d.world.conversations.get(c1) ?? conversation(1);
    d.socket.tell({
      seq: 500,
      at: morning,
      name: "message.created",
      actorId: null,
      data: { message: evil, conversation: of },
    });
    d.clock.advance(100);
    expect(await screen.findByText(/Tin mới từ Phạm Thị Ngọc Ánh/)).toBeInTheDocument();
    expect(container.querySelector('img[src="x"]')).toBeNull();
  });

  test("older than the page comes when it is asked for", async () => {
    const { user } = await opened();
    expect(screen.queryByText("Tin cũ số 1 trong cuộc trò chuyện tuần trước")).toBeNull();
    await user.click(await screen.findByRole("button", { name: "Tải tin cũ hơn" }));
    expect(await screen.findByText("Tin cũ số 1 trong cuộc trò chuyện tuần trước")).toBeInTheDocument();
    expect(screen.getByText("Đầu hội thoại")).toBeInTheDocument();
  });
});

test("a customer's name cannot turn the line round", async () => {
  await opened(c1, ({ world }) => {
    const old = world.conversations.get(c1);
    if (old) world.conversations.set(c1, { ...old, customerName: "Lan \u202egnp" });
  });
  await screen.findByRole("textbox", { name: "Soạn trả lời" });
  expect(document.body.textContent).toContain("Lan [U+202E]gnp");
  expect(document.body.innerHTML).not.toContain("\u202e");
});

test("a customer's message that was changed once says so", async () => {
  await opened(c1, ({ world }) => {
    const all = world.messages.get(c1) ?? [];
    const theirs = all.findLast((m) => m.direction === "in");
    world.messages.set(
      c1,
      all.map((m) => (m === theirs ? { ...m, revision: 1 } : m)),
    );
  });
  expect(await screen.findAllByText("đã sửa")).toHaveLength(1);
});

describe("dialogs", () => {
  test("wrap up with the keyboard alone: Enter takes the first result", async () => {
    const { user, d } = await opened();
    openDialog(d.client, { kind: "wrap_up", conversationId: c1 });
    await screen.findByRole("dialog");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(d.socket.sent.at(-1)).toMatchObject({
      name: "interaction.close",
      input: { disposition: "Đã giải quyết", resolved: true },
    });
    expect(selectConversation(d.client.store.getState(), c1)?.interaction).toBeNull();
  });

  test("the thread says who closed it, and how it ended", async () => {
    const { user, d } = await opened();
    openDialog(d.client, { kind: "wrap_up", conversationId: c1 });
    await screen.findByRole("dialog");
    await user.click(screen.getByRole("option", { name: /Khiếu nại/ }));
    await user.type(screen.getByRole("textbox", { name: "Tóm tắt" }), "vỡ nắp");
    await user.click(screen.getByRole("button", { name: /^Xong/ }));
    d.clock.advance(100);
    expect(await screen.findByText(/kết thúc: Khiếu nại/)).toBeVisible();
    expect(screen.getByText("Tóm tắt: vỡ nắp")).toBeVisible();
  });

  test("a result that leaves the matter open unticks resolved, and the results are a named group", async () => {
    const { user, d } = await opened();
    openDialog(d.client, { kind: "wrap_up", conversationId: c1 });
    const results = await screen.findByRole("listbox", { name: "Kết quả" });
    const resolved = screen.getByRole("checkbox", { name: "Đã giải quyết xong cho khách" });
    expect(resolved).toBeChecked();
    await user.click(within(results).getByRole("option", { name: /Hẹn gọi lại/ }));
    expect(resolved).not.toBeChecked();
    await user.click(within(results).getByRole("option", { name: /Spam/ }));
    expect(resolved).toBeChecked();
  });

  test("transfer to a queue with a note", async () => {
    const { user, d } = await opened();
    openDialog(d.client, { kind: "transfer", conversationId: c1 });
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByRole("button", { name: "Chuyển" })).toBeDisabled();
    await user.click(within(dialog).getByRole("radio", { name: /Chăm sóc khách hàng/ }));
    await user.type(within(dialog).getByRole("textbox", { name: /Lời nhắn/ }), "khách cần gấp");
    await user.click(within(dialog).getByRole("button", { name: "Chuyển" }));
    await waitFor(() =>
      expect(d.socket.sent.findLast((s) => s.name === "interaction.transfer")).toMatchObject({
        input: { to: { queueId: id(10) }, note: "khách cần gấp" },
      }),
    );
  });
});
