import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { agent, conversation, lan, message, minh, morning } from "../../../../test/renderer/builders.ts";
import { desk } from "../../../../test/renderer/desk.ts";
import { demoWorld, emptyWorld } from "../../../../test/renderer/fake-gateway/world.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { markRead } from "../../actions/mark-read.ts";
import { goTo } from "../../actions/navigate.ts";
import { changeDraft } from "../../actions/save-draft.ts";
import { emptyLetter } from "../../state/letters.ts";
import type { DraftState } from "../../state/model.ts";
import { selectOpenId } from "../../state/selectors.ts";
import Inbox from "./inbox.tsx";

const names = () =>
  screen.getAllByRole("option").map((row) => row.querySelector(".truncate")?.textContent?.split(" ").at(-1));

describe("the inbox", () => {
  test("begins with whoever waits longest and ends with what only needs wrapping up", async () => {
    const d = await desk();
    show(d, <Inbox />);
    await screen.findAllByRole("option");
    expect(names()).toEqual(["Châu", "Nam", "Ánh", "Thắng", "Hương"]);
  });

  test("is walked with j and k from anywhere, and the row walked to is open", async () => {
    const d = await desk();
    const { user } = show(d, <Inbox />);
    await screen.findAllByRole("option");
    await user.keyboard("jj");
    expect(selectOpenId(d.client.store.getState())).toBe(conversation(2).id);
    await user.keyboard("k");
    expect(selectOpenId(d.client.store.getState())).toBe(conversation(3).id);
  });

  test("has the focus in its list when one goes to it, and not before", async () => {
    const d = await desk();
    show(d, <Inbox />);
    await screen.findAllByRole("option");
    expect(document.body).toHaveFocus();
    act(() => goTo(d.client, "inbox"));
    expect(screen.getByRole("listbox")).toHaveFocus();
  });

  test("gets the focus even if its rows come later", async () => {
    const d = await desk();
    goTo(d.client, "inbox");
    show(d, <Inbox />);
    await waitFor(() => expect(screen.getByRole("listbox")).toHaveFocus());
  });

  test("moves a conversation up when its customer writes, and counts what is unread", async () => {
    const d = await desk();
    show(d, <Inbox />);
    await screen.findAllByRole("option");
    const of = d.world.conversations.get(conversation(4).id);
    if (!of) throw new Error("no fourth conversation");
    const text = message(of.id, 7_000, { text: "Alo", at: morning });
    const now = {
      ...of,
      unread: 1,
      lastMessageAt: morning,
      lastInboundAt: morning,
      preview: { text: "Alo", direction: "in" as const, attachment: null, authorId: null },
    };
    d.socket.tell({
      seq: 400,
      at: morning,
      name: "message.created",
      actorId: null,
      data: { message: text, conversation: now },
    });
    d.clock.advance(100);
    await waitFor(() => expect(names()).toEqual(["Châu", "Nam", "Ánh", "Thắng", "Hương"]));
    const row = screen.getAllByRole("option")[3];
    expect(row && within(row).getByText("1 tin chưa đọc")).toBeInTheDocument();
  });

  test("says who wrote last: I, a colleague by name, or somebody outside", async () => {
    const world = demoWorld(morning);
    for (const [n, authorId] of [lan.id, minh.id, null].entries()) {
      const of = world.conversations.get(conversation(n + 1).id);
      const preview = { text: `lời ${n}`, direction: "out" as const, attachment: null, authorId };
      if (of) world.conversations.set(of.id, { ...of, preview });
    }
    show(await desk({ world }), <Inbox />);
    await screen.findAllByRole("option");
    for (const text of ["Bạn: lời 0", "Minh: lời 1", "Ngoài Tongdai: lời 2"])
      expect(screen.getByText(text)).toBeVisible();
  });

  test("searches messages and customers without marks, and Escape gives the list back", async () => {
    const d = await desk();
    const { user } = show(d, <Inbox />);
    await screen.findAllByRole("option");
    await user.type(screen.getByRole("textbox", { name: /Tìm tin nhắn/ }), "hoang nam");
    d.clock.advance(200);
    expect(await screen.findByRole("region", { name: "Khách hàng" })).toBeVisible();
    await user.keyboard("{Escape}");
    expect(await screen.findAllByRole("option")).toHaveLength(5);
  });

  test("an arrow or Enter in the search box goes to the first hit, and the arrows walk all of them", async () => {
    const d = await desk();
    const { user } = show(d, <Inbox />);
    await screen.findAllByRole("option");
    const box = screen.getByRole("textbox", { name: /Tìm tin nhắn/ });
    await user.type(box, "nam");
    d.clock.advance(200);
    const customers = within(await screen.findByRole("region", { name: "Khách hàng" })).getAllByRole(
      "button",
    );
    const messages = within(screen.getByRole("region", { name: "Tin nhắn" })).getAllByRole("button");
    const [first, second] = [...customers, ...messages];
    await user.keyboard("{ArrowDown}");
    expect(first).toHaveFocus();
    await user.keyboard("{ArrowDown}");
    expect(second).toHaveFocus();
    await user.click(box);
    await user.keyboard("{Enter}");
    expect(first).toHaveFocus();
  });

  test("Escape leaves the search box also when there is no list to go to", async () => {
    const d = await desk({ world: emptyWorld() });
    const { user } = show(d, <Inbox />);
    await screen.findByText("Bạn chưa có việc nào");
    const box = screen.getByRole("textbox", { name: /Tìm tin nhắn/ });
    await user.type(box, "x{Escape}");
    expect(box).toHaveValue("");
    expect(box).not.toHaveFocus();
  });

  test("what is parked stands under a heading of its own with when the first comes back, and is walked as the rest", async () => {
    const world = demoWorld(morning);
    for (const [n, minutes] of [
      [1, 40],
      [2, 20],
    ] as const) {
      const of = world.conversations.get(conversation(n).id);
      const parked = { until: morning + minutes * 60_000, returnTo: "agent" as const };
      if (of?.interaction)
        world.conversations.set(of.id, {
          ...of,
          unansweredSince: null,
          interaction: { ...of.interaction, state: "parked", ownerId: lan.id, parked },
        });
    }
    const d = await desk({ world });
    const { user } = show(d, <Inbox />);
    const rows = await screen.findAllByRole("option");
    const heading = screen.getByText("Đang tạm gác").parentElement;
    expect(heading).toHaveTextContent(/sớm nhất quay lại \d/);
    const at = (node?: Element | null) =>
      Number(/translateY\((\d+)px/.exec(node?.getAttribute("style") ?? "")?.[1]);
    const [before, first, second] = rows.slice(-3);
    expect(at(heading?.parentElement)).toBe(at(before) + 56);
    expect(at(first)).toBe(at(before) + 56 + 28);
    expect(at(second)).toBe(at(first) + 56);
    await user.keyboard("{j>5/}");
    expect(selectOpenId(d.client.store.getState())).toBe(conversation(1).id);
    await user.click(screen.getByRole("tab", { name: "Tất cả" }));
    await screen.findAllByRole("option");
    expect(screen.queryByText("Đang tạm gác")).toBeNull();
  });

  test("marks where something did not reach the customer, and nowhere else", async () => {
    const world = demoWorld(morning);
    const of = world.conversations.get(conversation(2).id);
    if (of) world.conversations.set(of.id, { ...of, unsent: 1 });
    show(await desk({ world }), <Inbox />);
    await screen.findAllByRole("option");
    expect(screen.getAllByText("Có tin chưa đến được khách")).toHaveLength(1);
  });

  test("tells letters of one customer apart by their subjects", async () => {
    const world = demoWorld(morning);
    const of = world.conversations.get(conversation(2).id);
    if (of) world.conversations.set(of.id, { ...of, subject: "Đơn hàng 77" });
    show(await desk({ world }), <Inbox />);
    const rows = await screen.findAllByRole("option");
    expect(rows.filter((row) => row.textContent?.includes("Đơn hàng 77: "))).toHaveLength(1);
  });

  test("marks where I was mentioned while away, and shows only that when asked", async () => {
    const world = demoWorld(morning);
    const of = conversation(2).id;
    world.snapshot = { ...world.snapshot, mentions: [of] };
    const d = await desk({ world });
    const { user } = show(d, <Inbox />);
    await screen.findAllByRole("option");
    expect(screen.getAllByText("Nhắc tới bạn")).toHaveLength(1);
    await user.click(screen.getByRole("button", { name: "Bộ lọc" }));
    await user.click(await screen.findByRole("menuitemcheckbox", { name: "Nhắc tới bạn" }));
    await waitFor(() => expect(names()).toEqual(["Nam"]));
    markRead(d.client, of);
    expect(await screen.findByText("Không có gì khớp bộ lọc")).toBeVisible();
  });

  test("after a missed offer says why nothing comes and since when, and one press takes it back", async () => {
    const world = emptyWorld();
    const missed = agent(lan, { state: "away", reason: "missed", since: morning });
    world.snapshot = { ...world.snapshot, agents: [missed] };
    const d = await desk({ world });
    const { user } = show(d, <Inbox />);
    expect(await screen.findByText("Bạn đã bỏ lỡ một lời mời")).toBeVisible();
    expect(screen.getByText(/Tạm vắng: Bỏ lỡ lời mời từ 09:00\. Khách đã trở lại hàng chờ/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: /^Sẵn sàng nhận việc/ }));
    expect(d.socket.sent.at(-1)).toMatchObject({ name: "agent.set_state", input: { state: "available" } });
  });

  test("says the same over work in hand", async () => {
    const world = demoWorld(morning);
    const lost = agent(lan, { state: "away", reason: "lost", since: morning });
    world.snapshot = { ...world.snapshot, agents: [lost] };
    show(await desk({ world }), <Inbox />);
    expect(await screen.findByText("Tạm vắng: Mất kết nối từ 09:00.")).toBeVisible();
    expect(screen.getAllByRole("option").length).toBeGreaterThan(0);
  });

  test("says the same over other lists, empty or not", async () => {
    const world = emptyWorld();
    const missed = agent(lan, { state: "away", reason: "missed", since: morning });
    world.snapshot = { ...world.snapshot, agents: [missed] };
    const { user } = show(await desk({ world }), <Inbox />);
    await user.click(await screen.findByRole("tab", { name: "Tất cả" }));
    expect(await screen.findByText("Tạm vắng: Bỏ lỡ lời mời từ 09:00.")).toBeVisible();
  });

  test("tells of what was begun, by what it is: nothing of a choice alone, and a forward without words is one", async () => {
    const d = await desk();
    show(d, <Inbox />);
    await screen.findAllByRole("option");
    const { id } = conversation(2);
    const change = (draft: Partial<DraftState>) => act(() => changeDraft(d.client, id, draft));
    change({ note: true, replyToId: message(id, 1).id });
    expect(screen.queryByText(/^Nháp/)).toBeNull();
    change({ mediaIds: [message(id, 2).id] });
    expect(screen.getByText("Nháp: Tệp")).toBeVisible();
    change({ letter: { ...emptyLetter, forward: true } });
    expect(screen.getByText("Nháp: Chuyển tiếp")).toBeVisible();
    change({ text: "Nhờ chị" });
    expect(screen.getByText("Nháp: Nhờ chị")).toBeVisible();
  });

  test("says what will come when there is nothing, and offers the one thing to do", async () => {
    const d = await desk({ world: emptyWorld() });
    const { user } = show(d, <Inbox />);
    expect(await screen.findByText("Bạn chưa có việc nào")).toBeVisible();
    await user.click(screen.getByRole("tab", { name: /Đang chờ/ }));
    expect(await screen.findByText("Không ai đang chờ")).toBeVisible();
  });
});
