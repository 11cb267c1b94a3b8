import { act, screen } from "@testing-library/react";
import type { Conversation } from "@tongdai/shared";
import { beforeEach, describe, expect, test } from "vitest";
import {
  conversation,
  event,
  interaction,
  lan,
  message,
  morning,
} from "../../../../test/renderer/builders.ts";
import { renders } from "../../../../test/renderer/count-renders.ts";
import { type Desk, desk } from "../../../../test/renderer/desk.ts";
import { emptyWorld } from "../../../../test/renderer/fake-gateway/world.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { setInboxFilter } from "../../actions/load-inbox.ts";
import { openConversation } from "../../actions/open-conversation.ts";
import { changeDraft } from "../../actions/save-draft.ts";
import ConversationPanel from "../conversation/conversation.tsx";
import Inbox from "./inbox.tsx";

/** The n-th from the top of Lan's own list. */
const mine = (n: number): Conversation =>
  conversation(n, {
    lastMessageAt: morning - n * 1_000,
    unansweredSince: null,
    interaction: interaction(conversation(n).id, { state: "active", ownerId: lan.id }),
  });

describe("of a long inbox no more is drawn than has changed", () => {
  let d: Desk;
  let seq = 500;
  beforeEach(async () => {
    const world = emptyWorld();
    for (let n = 1; n <= 80; n++) world.conversations.set(conversation(n).id, mine(n));
    d = await desk({ world });
    show(d, <Inbox />);
    await screen.findAllByRole("option");
    await act(async () => d.clock.advance(1_000));
    renders.clear();
  });

  const tell = (...events: Parameters<Desk["socket"]["tell"]>) =>
    act(async () => {
      d.socket.tell(...events);
      d.clock.advance(200);
    });
  const written = (of: Conversation, change: Partial<Conversation>) => {
    seq++;
    return event(seq, "message.created", {
      message: message(of.id, seq, { at: morning }),
      conversation: { ...of, ...change },
    });
  };

  test("a customer's message draws the row of that customer", async () => {
    await tell(written(mine(5), { unread: 7 }));
    expect(screen.getByText("7 tin chưa đọc")).toBeInTheDocument();
    expect(renders.of("InboxRow")).toBe(1);
  });

  test("a row that goes to the top is drawn, and those that make room are not", async () => {
    await tell(written(mine(5), { unread: 7, unansweredSince: morning }));
    expect(screen.getAllByRole("option")[0]).toHaveTextContent("7 tin chưa đọc");
    expect(renders.of("InboxRow")).toBe(1);
  });

  test("what happens out of sight draws no row", async () => {
    await tell(written(mine(70), { unread: 7 }));
    await tell(written(conversation(300, { interaction: null }), { unread: 1 }));
    expect(renders.of("InboxRow")).toBe(0);
  });

  test("walking on draws the row that was left and the one that was come to", async () => {
    await act(async () => openConversation(d.client, mine(3).id));
    renders.clear();
    await act(async () => openConversation(d.client, mine(4).id));
    expect(renders.of("InboxRow")).toBe(2);
  });

  test("a walk fetches the conversation it begins with and the one where it rests", async () => {
    show(d, <ConversationPanel />);
    for (const n of [3, 4, 5, 6]) {
      await act(async () => openConversation(d.client, mine(n).id));
      await act(async () => d.clock.advance(40));
    }
    await act(async () => d.clock.advance(1_000));
    const fetched = d.socket.sent.filter((s) => s.name === "conversation.get").map((s) => s.input);
    expect(fetched).toEqual([3, 6].map((n) => ({ conversationId: mine(n).id })));
  });

  test("a letter of a draft draws its words in the list and no whole row", async () => {
    await act(async () => openConversation(d.client, mine(3).id));
    renders.clear();
    await act(async () => changeDraft(d.client, mine(3).id, { text: "Dạ" }));
    expect(screen.getByText(/Dạ/)).toBeInTheDocument();
    expect([renders.of("InboxRow"), renders.of("Preview")]).toEqual([0, 1]);
  });

  test("a burst of messages draws the list a few times, not once for each", async () => {
    const burst = Array.from({ length: 50 }, (_, n) =>
      written(mine(60 + (n % 20)), { unansweredSince: morning }),
    );
    for (const one of burst) await act(async () => d.socket.tell(one));
    await act(async () => d.clock.advance(100));
    expect(renders.of("VirtualList")).toBe(2);
  });

  test("another filter draws the rows of that filter once", async () => {
    await act(async () => setInboxFilter(d.client, { view: "all" }));
    await screen.findAllByRole("option");
    // Before the height of the list is known a row or two more are drawn than fit.
    expect(renders.of("InboxRow")).toBeLessThanOrEqual(screen.getAllByRole("option").length + 2);
  });
});
