import { expect, test } from "vitest";
import { conversation, minh } from "../../../test/renderer/builders.ts";
import { desk } from "../../../test/renderer/desk.ts";
import { putConversation } from "../state/conversations.ts";
import { selectConversation } from "../state/selectors.ts";
import { markRead } from "./mark-read.ts";

test("who only watches leaves the owner's unread as it is", async () => {
  const d = await desk();
  const own = { ...conversation(1), unread: 2 };
  if (!own.interaction) throw new Error("the first conversation has work");
  const theirs = { ...own, interaction: { ...own.interaction, ownerId: minh.id } };
  d.client.update((s) => putConversation(s, theirs));
  markRead(d.client, theirs.id);
  expect(selectConversation(d.client.store.getState(), theirs.id)?.unread).toBe(2);
  const waiting = { ...own, interaction: { ...own.interaction, ownerId: null } };
  d.client.update((s) => putConversation(s, waiting));
  markRead(d.client, waiting.id);
  expect(selectConversation(d.client.store.getState(), waiting.id)?.unread).toBe(0);
});
