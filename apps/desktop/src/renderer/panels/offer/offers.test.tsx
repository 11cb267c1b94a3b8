import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { minh, morning } from "../../../../test/renderer/builders.ts";
import { desk, settle } from "../../../../test/renderer/desk.ts";
import { demoOffer } from "../../../../test/renderer/fake-gateway/world.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { selectOpenId } from "../../state/selectors.ts";
import { ticker } from "../../ui/ticker.ts";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import { VirtualList } from "../../ui/virtual-list.tsx";
import ConversationPanel from "../conversation/conversation.tsx";
import Offers from "./offers.tsx";

beforeEach(() => ticker.setSkew(morning - Date.now()));
afterEach(() => ticker.setSkew(0));

async function offered() {
  const d = await desk();
  const offer = demoOffer(d.world, morning);
  d.world.snapshot = { ...d.world.snapshot, offers: [offer] };
  const page = show(
    d,
    <>
      <textarea aria-label="elsewhere" />
      <ConversationPanel />
      <Offers />
    </>,
  );
  const arrive = () => {
    d.socket.tell({ seq: 300, at: morning, name: "offer.made", actorId: null, data: { offer } });
    d.clock.advance(100);
  };
  return { ...page, d, offer, arrive };
}

test("Enter takes it and opens its conversation", async () => {
  const { user, d, offer, arrive } = await offered();
  arrive();
  await screen.findByRole("region", { name: "Lời mời nhận việc" });
  await user.keyboard("{Enter}");
  await waitFor(() => expect(selectOpenId(d.client.store.getState())).toBe(offer.conversationId));
  expect(screen.queryByRole("region", { name: "Lời mời nhận việc" })).toBeNull();
});

const composer = () => screen.findByRole("textbox", { name: "Soạn trả lời" });

test("taken by a key, its composer takes the focus: the first words typed are an answer and no commands", async () => {
  const { user, arrive } = await offered();
  arrive();
  await screen.findByRole("region", { name: "Lời mời nhận việc" });
  await user.keyboard("{Enter}");
  const box = await composer();
  await waitFor(() => expect(box).toHaveFocus());
  await user.keyboard("em nghe");
  expect(box).toHaveValue("em nghe");
});

test("taken by the mouse, its composer takes the focus, too", async () => {
  const { user, arrive } = await offered();
  arrive();
  const card = await screen.findByRole("region", { name: "Lời mời nhận việc" });
  await user.click(within(card).getByRole("button", { name: /Nhận/ }));
  const box = await composer();
  await waitFor(() => expect(box).toHaveFocus());
});

test("whoever has begun to write meanwhile is left there: it is taken, and waits in the list", async () => {
  const { user, d, offer, arrive } = await offered();
  arrive();
  const card = await screen.findByRole("region", { name: "Lời mời nhận việc" });
  const before = selectOpenId(d.client.store.getState());
  const elsewhere = screen.getByRole("textbox", { name: "elsewhere" });
  fireEvent.keyDown(document.body, { key: "Enter" });
  act(() => elsewhere.focus());
  await act(settle);
  await user.keyboard("đang gõ");
  await waitFor(() => expect(card).not.toBeInTheDocument());
  expect(elsewhere).toHaveValue("đang gõ");
  expect(elsewhere).toHaveFocus();
  expect(selectOpenId(d.client.store.getState())).toBe(before);
  expect(d.socket.sent.filter((s) => s.name === "offer.accept")).toMatchObject([
    { input: { offerId: offer.id } },
  ]);
});

test("a composer that comes late does not tear the focus out of a box in which one writes", async () => {
  const { user, d, arrive } = await offered();
  arrive();
  await screen.findByRole("region", { name: "Lời mời nhận việc" });
  const elsewhere = screen.getByRole("textbox", { name: "elsewhere" });
  const stop = d.client.store.subscribe((s) => s.ui.focus.target === "taken" && elsewhere.focus());
  await user.keyboard("{Enter}");
  await composer();
  stop();
  await user.keyboard("đang gõ");
  expect(elsewhere).toHaveValue("đang gõ");
});

test("Enter takes it from a list that has the focus, too", async () => {
  const d = await desk();
  const offer = demoOffer(d.world, morning);
  const opened = vi.fn();
  function Rows() {
    useShortcuts({ "list.open": opened });
    return (
      <VirtualList
        items={["a"]}
        getKey={(key) => key}
        rowHeight={32}
        label="rows"
        selectedKey="a"
        onSelect={opened}
        onOpen={opened}
        renderRow={(key) => key}
      />
    );
  }
  const { user } = show(
    d,
    <>
      <Rows />
      <Offers />
    </>,
  );
  d.world.snapshot = { ...d.world.snapshot, offers: [offer] };
  d.socket.tell({ seq: 300, at: morning, name: "offer.made", actorId: null, data: { offer } });
  d.clock.advance(100);
  await screen.findByRole("region", { name: "Lời mời nhận việc" });
  screen.getByRole("listbox", { name: "rows" }).focus();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(d.socket.sent.map((s) => s.name)).toContain("offer.accept"));
  expect(opened).not.toHaveBeenCalled();
});

test("the key that the card shows takes it wherever the focus is outside a text, and a button keeps its Enter", async () => {
  const { user, d, offer, arrive } = await offered();
  arrive();
  const card = await screen.findByRole("region", { name: "Lời mời nhận việc" });
  const shown = within(card).getByRole("button", { name: /Nhận/ }).querySelector("kbd")?.textContent ?? "";
  within(card)
    .getByRole("button", { name: /Từ chối/ })
    .focus();
  await user.keyboard(`{${shown}}`);
  await waitFor(() => expect(selectOpenId(d.client.store.getState())).toBe(offer.conversationId));
  expect(d.socket.sent.filter((s) => s.name === "offer.decline")).toEqual([]);
});

test("it takes no focus, and neither Enter nor Escape answer it while one types", async () => {
  const { user, d, arrive } = await offered();
  const elsewhere = screen.getByRole("textbox", { name: "elsewhere" });
  await user.type(elsewhere, "đang gõ");
  arrive();
  await screen.findByRole("region", { name: "Lời mời nhận việc" });
  expect(elsewhere).toHaveFocus();
  await user.keyboard("{Enter}{Escape}a");
  expect(d.socket.sent.filter((s) => s.name.startsWith("offer."))).toEqual([]);
});

test("quotes the customer, and what a colleague wrote who hands it on", async () => {
  const { d, offer } = await offered();
  const data = {
    offer: {
      ...offer,
      preview: { text: "", attachment: "sticker" as const },
      note: { text: "Khách cần gấp", byId: minh.id },
    },
  };
  d.socket.tell({ seq: 300, at: morning, name: "offer.made", actorId: null, data });
  d.clock.advance(100);
  const card = await screen.findByRole("region", { name: "Lời mời nhận việc" });
  expect(within(card).getByText("Nhãn dán")).toBeVisible();
  expect(within(card).getByText("Lời nhắn của Trần Quốc Minh")).toBeVisible();
  expect(within(card).getByText("Khách cần gấp")).toBeVisible();
});

test("Escape declines it", async () => {
  const { user, d, arrive } = await offered();
  arrive();
  await screen.findByRole("region", { name: "Lời mời nhận việc" });
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("region", { name: "Lời mời nhận việc" })).toBeNull());
  expect(d.socket.sent.at(-1)?.name).toBe("offer.decline");
});
