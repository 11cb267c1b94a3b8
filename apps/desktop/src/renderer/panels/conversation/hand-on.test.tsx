import { screen, within } from "@testing-library/react";
import type { Permission, User } from "@tongdai/shared";
import { expect, test } from "vitest";
import { agent, conversation, ha, interaction, lan, minh } from "../../../../test/renderer/builders.ts";
import { scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { openDialog } from "../../actions/navigate.ts";
import { openConversation } from "../../actions/open-conversation.ts";
import ConversationPanel from "./conversation.tsx";
import { panel } from "./index.ts";

const supervisor: Permission[] = ["work", "agents.see", "conversations.see_all", "interactions.assign"];
const waiting = interaction(conversation(1).id, { state: "waiting", ownerId: null });

async function seenBy(me: User, permissions: Permission[], of = conversation(1)) {
  const desk = await scripted(
    {
      "conversation.get": () => ({ conversation: of, messages: [], before: null, draft: null }),
      "interaction.history": () => ({ entries: [] }),
    },
    { snapshot: { me, permissions, agents: [agent(lan), agent(minh), agent(ha)] } },
  );
  openConversation(desk.client, of.id);
  const page = show(desk, <ConversationPanel />);
  await screen.findByRole("heading", { level: 2 });
  const command = panel.commands?.find(({ id }) => id === "transfer");
  return { ...page, ...desk, hasKey: () => command?.isPossible?.(desk.client.store.getState()) };
}

const button = () => screen.queryByRole("button", { name: /Chuyển/ });
const names = () =>
  within(screen.getByRole("dialog"))
    .getAllByRole("radio")
    .map((row) => row.textContent ?? "");

test("who assigns work hands on what an agent has, to anybody but that agent", async () => {
  const { client, hasKey } = await seenBy(ha, supervisor);
  expect(button()).toBeVisible();
  expect(hasKey()).toBe(true);
  openDialog(client, { kind: "transfer", conversationId: conversation(1).id });
  await screen.findByRole("dialog");
  expect(names().filter((name) => name.includes(lan.name))).toEqual([]);
  expect(names().filter((name) => name.includes(minh.name) || name.includes(ha.name))).toHaveLength(2);
});

test("who assigns work gives out what nobody has yet", async () => {
  const { client, hasKey } = await seenBy(ha, supervisor, conversation(1, { interaction: waiting }));
  expect(button()).toBeVisible();
  expect(hasKey()).toBe(true);
  openDialog(client, { kind: "transfer", conversationId: conversation(1).id });
  await screen.findByRole("dialog");
  expect(names().some((name) => name.includes(lan.name))).toBe(true);
  // To take it oneself there is a button of its own.
  expect(names().filter((name) => name.includes(ha.name))).toEqual([]);
});

test("an agent hands on one's own work only", async () => {
  const { hasKey } = await seenBy(minh, ["work", "agents.see"]);
  expect(button()).toBeNull();
  expect(hasKey()).toBe(false);
});
