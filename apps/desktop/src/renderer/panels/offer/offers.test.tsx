import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { minh, morning } from "../../../../test/renderer/builders.ts";
import { desk } from "../../../../test/renderer/desk.ts";
import { demoOffer } from "../../../../test/renderer/fake-gateway/world.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { selectOpenId } from "../../state/selectors.ts";
import { ticker } from "../../ui/ticker.ts";
import { useShortcuts } from "../../ui/use-shortcuts.ts";
import { VirtualList } from "../../ui/virtual-list.tsx";
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
