import { act, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { conversation, ha, interaction, lan, message } from "../../../../test/renderer/builders.ts";
import { customer, customerId, ticket } from "../../../../test/renderer/records.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { openDialog } from "../../actions/navigate.ts";
import { learn } from "../../state/learn.ts";
import { putThread } from "../../state/threads.ts";
import NewTicketDialog from "./new-ticket.tsx";

const base: Script = {
  "ticket.create": ({ subject }) => ({ ticket: ticket(12, { subject }) }),
  "customer.search": () => ({ customers: [customer()], next: null }),
};

async function open(of: string | null) {
  const desk = await scripted(base);
  desk.client.update((s) => learn(s, { customer: customer() }, 0));
  const page = show(desk, <NewTicketDialog />);
  act(() => openDialog(desk.client, { kind: "customer_ticket", customerId: of }));
  return { ...desk, ...page };
}

test("for a customer on screen: the subject, Enter, done", async () => {
  const { user, client, sent } = await open(customerId);
  await user.keyboard("Đổi tách trà{Enter}");
  await waitFor(() => expect(sent.at(-1)?.name).toBe("ticket.create"));
  expect(sent.at(-1)?.input).toMatchObject({ customerId, subject: "Đổi tách trà", ownerId: lan.id });
  expect(client.store.getState().ui.dialog).toBeNull();
});

test("from the list: the customer is found while one types, and taken with Enter", async () => {
  const { user, sent, clock } = await open(null);
  await user.keyboard("trang");
  clock.advance(150);
  await screen.findByRole("option");
  await user.keyboard("{Enter}");
  await user.type(screen.getByRole("textbox", { name: /Tiêu đề/ }), "Đổi tách trà{Enter}");
  await waitFor(() => expect(sent.at(-1)?.input).toMatchObject({ customerId, subject: "Đổi tách trà" }));
});

test("what is made without a connection is kept until it is back", async () => {
  const { user, client, drop, connect } = await open(customerId);
  drop();
  await user.keyboard("Đổi tách trà{Enter}");
  expect(client.store.getState().outgoing).toMatchObject([{ name: "ticket.create", status: "waiting" }]);
  connect();
  await waitFor(() => expect(client.store.getState().outgoing).toEqual([]));
});

const about = conversation(1, { customerId });

async function openFrom(of = about, messages = [message(of.id, 1)]) {
  const desk = await scripted(base);
  desk.client.update((s) => putThread(s, of.id, { status: "ready" }));
  desk.client.update((s) => learn(s, { conversation: of, messages }, 0));
  const page = show(desk, <NewTicketDialog />);
  act(() => openDialog(desk.client, { kind: "ticket", conversationId: of.id }));
  await screen.findByRole("dialog");
  return { ...desk, ...page };
}

const interactionId = interaction(about.id).id;
const talk = [
  message(about.id, 1, { text: "Cảm ơn chị lần trước" }),
  message(about.id, 2, { interactionId, text: "😀 ?" }),
  message(about.id, 3, { interactionId, text: "Bình em mua\nbị mẻ miệng" }),
  message(about.id, 4, { interactionId, text: "Dạ em xem ngay", direction: "out" }),
  message(about.id, 5, { interactionId, text: "Cảm ơn em" }),
];

test("from a conversation Enter is all: its subject is what the customer came with this time", async () => {
  const { user, sent } = await openFrom(about, talk);
  await user.keyboard("{Enter}");
  await waitFor(() => expect(sent.at(-1)?.input).toMatchObject({ subject: "Bình em mua bị mẻ miệng" }));
});

test("from a conversation of which nothing of this time is here its subject is the customer's last words", async () => {
  const { user, sent } = await openFrom({ ...about, interaction: null }, talk);
  await user.keyboard("{Enter}");
  await waitFor(() => expect(sent.at(-1)?.input).toMatchObject({ subject: "Cảm ơn em" }));
});

test("from a conversation that is not loaded its subject is what the list shows, its owner who makes it", async () => {
  const { user, sent } = await openFrom(about, []);
  await user.keyboard("{Enter}");
  await waitFor(() => expect(sent.at(-1)?.name).toBe("ticket.create"));
  expect(sent.at(-1)?.input).toMatchObject({
    interactionId,
    subject: about.preview.text,
    ownerId: lan.id,
    dueAt: null,
  });
});

test("from a conversation without work in hand it is the customer's", async () => {
  const { user, sent } = await openFrom({ ...about, interaction: null });
  await user.keyboard("{Enter}");
  await waitFor(() => expect(sent.at(-1)?.input).toMatchObject({ customerId }));
  expect(sent.at(-1)?.input).not.toHaveProperty("interactionId");
});

test("owner and due date are given with the keyboard, from a conversation too", async () => {
  const { user, sent } = await openFrom();
  await user.click(screen.getByRole("combobox", { name: "Người phụ trách" }));
  await user.click(await screen.findByRole("option", { name: ha.name }));
  await user.click(screen.getByRole("button", { name: /^Hạn/ }));
  await user.click(await screen.findByRole("button", { name: /^Sáng mai/ }));
  await user.click(screen.getByRole("textbox", { name: /Tiêu đề/ }));
  await user.keyboard("Hẹn giao lại{Enter}");
  await waitFor(() =>
    expect(sent.at(-1)?.input).toMatchObject({
      subject: "Hẹn giao lại",
      ownerId: ha.id,
      dueAt: expect.any(Number),
    }),
  );
});
