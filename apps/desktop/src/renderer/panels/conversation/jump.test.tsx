import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { AppError } from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { conversation, message, morning } from "../../../../test/renderer/builders.ts";
import { type Desk, desk } from "../../../../test/renderer/desk.ts";
import { demoWorld, type World } from "../../../../test/renderer/fake-gateway/world.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { openConversation } from "../../actions/open-conversation.ts";
import Inbox from "../inbox/inbox.tsx";
import ConversationPanel from "./conversation.tsx";

const c1 = conversation(1).id;

/** Enough between last week's messages and today's that one page does not reach from one to the other. */
function longWorld(): World {
  const world = demoWorld(morning);
  const all = world.messages.get(c1) ?? [];
  const at = all[70]?.at ?? 0;
  const between = Array.from({ length: 100 }, (_, n) => message(c1, 5_000 + n, { text: "giữa", at: at - 1 }));
  world.messages.set(c1, [...all.slice(0, 70), ...between, ...all.slice(70)]);
  return world;
}

async function atDesk() {
  const d = await desk({ world: longWorld() });
  const { user } = show(
    d,
    <>
      <Inbox />
      <ConversationPanel />
    </>,
  );
  await screen.findAllByRole("option");
  return { d, user };
}

/** The one hit among the messages. */
async function hit({ d, user }: Awaited<ReturnType<typeof atDesk>>): Promise<HTMLElement> {
  await user.type(screen.getByRole("textbox", { name: /Tìm tin nhắn/ }), "cũ số 12");
  d.clock.advance(200);
  return screen.findByRole("button", { name: /Tin cũ số 12 trong/ });
}

function write(d: Desk, n: number, text: string) {
  const of = d.world.conversations.get(c1) ?? conversation(1);
  const made = message(c1, n, { text, at: morning + n });
  d.world.messages.set(c1, [...(d.world.messages.get(c1) ?? []), made]);
  d.socket.tell({
    seq: n,
    at: morning,
    name: "message.created",
    actorId: null,
    data: { message: made, conversation: { ...of, unread: of.unread + 1 } },
  });
  d.clock.advance(100);
}

test("what is sent is shown at once to whoever had scrolled up, and is no news to them", async () => {
  const { d, user } = await atDesk();
  openConversation(d.client, c1);
  const box = await screen.findByRole("textbox", { name: "Soạn trả lời" });
  const thread = screen.getByRole("region", { name: "Tin nhắn" });
  Object.defineProperties(thread, { scrollHeight: { value: 2_000 }, clientHeight: { value: 400 } });
  thread.scrollTop = 600;
  fireEvent.scroll(thread);
  await user.type(box, "Dạ em đây ạ{Enter}");
  await screen.findByText("Dạ em đây ạ");
  expect(thread.scrollTop).toBe(2_000);
  expect(screen.queryByRole("button", { name: /tin mới/ })).toBeNull();
});

describe("a hit of the search", () => {
  test("opens the conversation at the message, in focus, with the words marked", async () => {
    const at = await atDesk();
    const { user } = at;
    (await hit(at)).focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(document.activeElement).toHaveAttribute("aria-current", "true"));
    const found = document.activeElement as HTMLElement;
    expect(found).toHaveTextContent("Tin cũ số 12 trong cuộc");
    const marked = [...found.querySelectorAll("mark")].map((m) => m.textContent);
    expect(marked).toEqual(expect.arrayContaining(["cũ", "số", "12"]));
    expect(document.querySelectorAll("[aria-current=true]")).toHaveLength(1);
  });

  test("leaves what is new for later: the way back leads to it, all of it, in order", async () => {
    const at = await atDesk();
    const { d, user } = at;
    openConversation(d.client, c1);
    await screen.findByText("Em mua hôm 3/10 mà nắp bị hở");
    await user.click(await hit(at));
    await screen.findByRole("button", { name: "Tải tin mới hơn" });
    act(() => write(d, 9_000, "còn đó không shop"));
    expect(screen.queryAllByText("còn đó không shop")).toHaveLength(0);
    await user.click(await screen.findByRole("button", { name: /Về tin mới nhất|tin mới$/ }));
    expect(await screen.findByText("còn đó không shop")).toBeVisible();
    expect(document.querySelector("[aria-current=true]")).toBeNull();
  });

  test("goes on to newer messages until nothing is missing", async () => {
    const at = await atDesk();
    const { d, user } = at;
    await user.click(await hit(at));
    for (const pages of [2, 1]) {
      await user.click(await screen.findByRole("button", { name: "Tải tin mới hơn" }));
      if (pages === 2) act(() => write(d, 9_000, "còn đó không shop"));
    }
    await waitFor(() => expect(screen.queryByRole("button", { name: "Tải tin mới hơn" })).toBeNull());
    const all = d.world.messages.get(c1) ?? [];
    expect(d.client.store.getState().threads[c1]?.messages.map((m) => m.id)).toEqual(all.map((m) => m.id));
  });

  test("gives way to what is sent from there", async () => {
    const at = await atDesk();
    await at.user.click(await hit(at));
    await screen.findByRole("button", { name: "Tải tin mới hơn" });
    await at.user.type(
      await screen.findByRole("textbox", { name: "Soạn trả lời" }),
      "Dạ em xem rồi ạ{Enter}",
    );
    expect(await screen.findByText("Dạ em xem rồi ạ")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Tải tin mới hơn" })).toBeNull();
  });

  test("says so when the message cannot be had, and shows the newest", async () => {
    const at = await atDesk();
    const { d, user } = at;
    const problems: string[] = [];
    d.client.onProblem(({ code }) => problems.push(code));
    const found = await hit(at);
    d.socket.fail("conversation.messages", new AppError("not_found", "gone"));
    await user.click(found);
    expect(await screen.findByText("Em mua hôm 3/10 mà nắp bị hở")).toBeVisible();
    expect(problems).toEqual(["not_found"]);
  });
});

test("a quoted message that is far back is fetched, shown and marked", async () => {
  const { d, user } = await atDesk();
  const all = d.world.messages.get(c1) ?? [];
  const [first] = all;
  const last = all.at(-1);
  if (!first || !last) throw new Error("the first conversation has messages");
  const quoting = { ...last, replyTo: { messageId: first.id, excerpt: "Tin cũ số 1" } };
  d.world.messages.set(c1, [...all.slice(0, -1), quoting]);
  openConversation(d.client, c1);
  await user.click(await screen.findByRole("button", { name: "Tin cũ số 1" }));
  await waitFor(() => expect(document.activeElement).toHaveAttribute("id", `message-${first.id}`));
});
