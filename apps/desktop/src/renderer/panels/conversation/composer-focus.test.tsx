import { act, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { conversation, morning } from "../../../../test/renderer/builders.ts";
import { desk } from "../../../../test/renderer/desk.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { openConversation } from "../../actions/open-conversation.ts";
import { useCommandKeys } from "../../shell/use-command-keys.ts";
import { ticker } from "../../ui/ticker.ts";
import ConversationPanel from "./conversation.tsx";

function WithKeys() {
  useCommandKeys();
  return <ConversationPanel />;
}

test("when the window ends in the middle of a word, the rest of it runs no commands", async () => {
  const of = conversation(1).id;
  const d = await desk();
  ticker.setSkew(morning - Date.now());
  const old = d.world.conversations.get(of);
  const end = morning + 30_500 - 7 * 24 * 3_600_000;
  if (old) d.world.conversations.set(of, { ...old, windowOpenedAt: end, lastInboundAt: end });
  openConversation(d.client, of);
  const { user } = show(d, <WithKeys />);
  await user.type(await screen.findByRole("textbox", { name: "Soạn trả lời" }), "gần ");
  const before = d.socket.sent.length;
  act(() => ticker.setSkew(morning + 31_000 - Date.now()));
  expect(screen.getByText(/theo tiếp bằng cách khác/)).toHaveFocus();
  await user.keyboard("text{Enter}");
  expect(d.client.store.getState().ui.dialog).toBeNull();
  expect(d.socket.sent.slice(before).map((s) => s.name)).not.toContain("interaction.end");
});

test.each([
  ["above the messages", 0],
  ["in the place of the text box", 1],
])("whoever takes work with the button %s writes at once: no letter becomes a command", async (_, which) => {
  const of = conversation(1).id;
  const d = await desk();
  const waiting = d.world.conversations.get(of);
  if (waiting?.interaction)
    d.world.conversations.set(of, {
      ...waiting,
      interaction: { ...waiting.interaction, state: "waiting", ownerId: null },
    });
  openConversation(d.client, of);
  const { user } = show(d, <WithKeys />);
  const buttons = await screen.findAllByRole("button", { name: /^Nhận/ });
  await user.click(buttons[which] ?? document.body);
  const box = await screen.findByRole("textbox", { name: "Soạn trả lời" });
  await waitFor(() => expect(box).toHaveFocus());
  const before = d.socket.sent.length;
  await user.keyboard("em");
  expect(box).toHaveValue("em");
  expect(d.socket.sent.slice(before).map((s) => s.name)).not.toContain("interaction.end");
});
