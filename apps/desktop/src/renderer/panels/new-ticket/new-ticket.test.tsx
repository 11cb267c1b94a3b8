import { act, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { lan } from "../../../../test/renderer/builders.ts";
import { customer, customerId, ticket } from "../../../../test/renderer/records.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { openDialog } from "../../actions/navigate.ts";
import { learn } from "../../state/learn.ts";
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
