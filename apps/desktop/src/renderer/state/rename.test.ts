import { expect, test } from "vitest";
import { conversation, event, snapshot } from "../../../test/renderer/builders.ts";
import { applyEvent } from "./apply-event.ts";
import { applySnapshot } from "./apply-snapshot.ts";
import { putPage } from "./conversations.ts";
import { initialState } from "./model.ts";
import { mineFilter, selectConversation } from "./selectors.ts";

test("a customer's new name stands beside their conversation and beside no other", () => {
  const [a, b] = [conversation(1), conversation(2)];
  const known = applySnapshot(initialState(), snapshot(), { head: 0, headAt: 1 });
  const state = putPage(known, mineFilter, { conversations: [a, b], next: null, after: null });
  const customer = {
    id: a.customerId,
    name: "Đặng Thị Mới",
    attributes: {},
    tags: [],
    ownerId: null,
    identities: [],
    createdAt: 1,
    version: 2,
  };
  const after = applyEvent(state, event(1, "customer.updated", { customer }));
  expect([a, b].map(({ id }) => selectConversation(after, id)?.customerName)).toEqual([
    "Đặng Thị Mới",
    b.customerName,
  ]);
});
