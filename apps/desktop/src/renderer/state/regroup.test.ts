import { expect, test } from "vitest";
import { conversation, event, snapshot } from "../../../test/renderer/builders.ts";
import { customer, line, ticket } from "../../../test/renderer/records.ts";
import { applyEvent } from "./apply-event.ts";
import { applySnapshot } from "./apply-snapshot.ts";
import { putPage } from "./conversations.ts";
import { putCustomer, putTimelinePage } from "./customers.ts";
import { initialState, type State } from "./model.ts";
import { mineFilter, selectConversation, selectCustomer, selectTicket } from "./selectors.ts";
import { putTicketPage } from "./tickets.ts";

const [a, b] = [conversation(1), conversation(2)];
const identity = (of: typeof a) => ({
  id: of.identityId,
  channel: of.channel,
  accountId: of.accountId,
  externalId: "1",
  displayName: "",
  avatarMediaId: null,
});
const lan = customer({ id: a.customerId, name: "Lan", identities: [identity(a)], version: 1 });
const other = customer({ id: b.customerId, name: "#234567", identities: [identity(b)], version: 1 });
const one = { ...lan, identities: [identity(a), identity(b)], version: 2 };
const linked = {
  customers: [one],
  gone: [other.id],
  tickets: [{ ticketId: ticket(1).id, customerId: lan.id }],
};

function state(): State {
  const known = applySnapshot(initialState(), snapshot(), { head: 0, headAt: 1 });
  let next = putPage(known, mineFilter, { conversations: [a, b], next: null, after: null });
  for (const c of [lan, other]) {
    next = putCustomer(next, c);
    const entries = [line(c === lan ? 1 : 2)];
    next = putTimelinePage(next, c.id, { entries, next: null, first: true });
  }
  const tickets = [{ ...ticket(1), customerId: other.id }];
  next = putTicketPage(next, { customerId: other.id }, { tickets, next: null, first: true });
  return { ...next, ui: { ...next.ui, route: { name: "customers", customerId: other.id } } };
}

test("who is linked has one card: conversations, tickets and timeline are on it, and so is who looked at the other", () => {
  const after = applyEvent(state(), event(1, "customer.linked", linked));
  expect([a, b].map((c) => selectConversation(after, c.id))).toMatchObject([
    { customerId: lan.id, customerName: "Lan" },
    { customerId: lan.id, customerName: "Lan", interaction: { customerId: lan.id } },
  ]);
  expect(selectTicket(after, ticket(1).id)).toMatchObject({ customerId: lan.id, customerName: "Lan" });
  expect(selectCustomer(after, other.id)).toBeNull();
  expect(after.customers.timelines[lan.id]?.entries.map((e) => e.seq)).toEqual([2, 1]);
  expect(after.customers.timelines[lan.id]?.status).toBe("stale");
  expect(after.ui.route).toEqual({ name: "customers", customerId: lan.id });
});

test("who is taken out is as before", () => {
  const together = applyEvent(state(), event(1, "customer.linked", linked));
  const apart = applyEvent(
    together,
    event(2, "customer.unlinked", {
      customers: [
        { ...lan, version: 3 },
        { ...other, version: 3 },
      ],
      gone: [],
      tickets: [{ ticketId: ticket(1).id, customerId: other.id }],
    }),
  );
  expect([a, b].map((c) => selectConversation(apart, c.id)?.customerId)).toEqual([lan.id, other.id]);
  expect(selectCustomer(apart, other.id)).toMatchObject({ name: "#234567" });
  expect(selectTicket(apart, ticket(1).id)?.customerId).toBe(other.id);
});
