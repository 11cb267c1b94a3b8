import { act, screen, waitFor, within } from "@testing-library/react";
import type { Interaction, Permission, User } from "@tongdai/shared";
import { beforeEach, expect, test } from "vitest";
import { conversation, ha, interaction, lan, morning } from "../../../../test/renderer/builders.ts";
import { scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { openDialog } from "../../actions/navigate.ts";
import { openConversation } from "../../actions/open-conversation.ts";
import { ticker } from "../../ui/ticker.ts";
import ConversationPanel from "./conversation.tsx";
import { panel } from "./index.ts";

const c1 = conversation(1);
const minute = 60_000;
const parked: Interaction = interaction(c1.id, {
  state: "parked",
  parked: { until: morning + 60 * minute, returnTo: "agent" },
  version: 4,
});

beforeEach(() => ticker.setSkew(morning - Date.now()));

async function opened(of = c1, o: { me?: User; permissions?: Permission[] } = {}) {
  const desk = await scripted(
    {
      "conversation.get": () => ({ conversation: of, messages: [], before: null, draft: null }),
      "interaction.history": () => ({ entries: [] }),
      "interaction.park": ({ until, returnTo }) => ({
        interaction: { ...parked, parked: { until, returnTo } },
      }),
      "interaction.unpark": () => ({ interaction: interaction(c1.id, { version: 5 }) }),
    },
    { snapshot: { me: o.me ?? lan, permissions: o.permissions ?? ["work", "agents.see"] } },
  );
  openConversation(desk.client, of.id);
  const page = show(desk, <ConversationPanel />);
  await screen.findByRole("heading", { level: 2 });
  const command = panel.commands?.find(({ id }) => id === "park");
  const said = (name: string) => desk.sent.findLast((s) => s.name === name)?.input;
  return { ...page, ...desk, said, command };
}

async function openDialogIn({ client }: Awaited<ReturnType<typeof opened>>) {
  act(() => openDialog(client, { kind: "park", conversationId: c1.id }));
  return within(await screen.findByRole("dialog", { name: "Tạm gác việc này" }));
}

test("the key opens the dialog, and Enter parks for 20 minutes with return to oneself", async () => {
  const page = await opened();
  expect(page.command?.isPossible?.(page.client.store.getState())).toBe(true);
  await openDialogIn(page);
  await page.user.keyboard("{Enter}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const input = page.said("interaction.park") as { until: number; returnTo: string };
  expect(input.returnTo).toBe("agent");
  expect(Math.abs(input.until - morning - 20 * minute)).toBeLessThan(minute);
  expect(await screen.findByText(/^Tạm gác, quay lại/)).toBeVisible();
});

test("a typed day and time, a note and return to the queue are what is sent", async () => {
  const page = await opened();
  const dialog = await openDialogIn(page);
  await page.user.click(dialog.getByRole("radio", { name: /Ngày và giờ khác/ }));
  await page.user.type(dialog.getByRole("textbox", { name: /Ngày và giờ khác/ }), "31/02 9:30");
  await page.user.click(dialog.getByRole("button", { name: "Tạm gác" }));
  expect(dialog.getByText(/Chọn một giờ sắp tới/)).toBeVisible();
  const box = dialog.getByRole("textbox", { name: /Ngày và giờ khác/ });
  await page.user.clear(box);
  const wanted = new Date(morning + 3 * 24 * 60 * minute + 7 * 60 * minute);
  await page.user.type(
    box,
    `${wanted.getUTCDate()}/${wanted.getUTCMonth() + 1}/${wanted.getUTCFullYear()} 9:30`,
  );
  await page.user.click(dialog.getByRole("radio", { name: "Hàng chờ" }));
  await page.user.type(dialog.getByRole("textbox", { name: "Vì sao" }), "Chờ kho");
  await page.user.click(dialog.getByRole("button", { name: "Tạm gác" }));
  await waitFor(() =>
    expect(page.said("interaction.park")).toMatchObject({
      returnTo: "queue",
      note: "Chờ kho",
      until: Date.UTC(wanted.getUTCFullYear(), wanted.getUTCMonth(), wanted.getUTCDate(), 2, 30),
    }),
  );
});

test("whose customer waits for an answer is said before it is put aside", async () => {
  const dialog = await openDialogIn(await opened());
  expect(dialog.getByText("Khách đang chờ câu trả lời.")).toBeVisible();
});

test("its owner takes it up again by the same key; a supervisor calls it back; a colleague can do neither", async () => {
  const of = conversation(1, { interaction: parked });
  const page = await opened(of);
  expect(screen.getByText(/^Tạm gác, quay lại/)).toBeVisible();
  await act(async () => {
    await page.command?.run(page.client);
  });
  expect(page.said("interaction.unpark")).toEqual({ interactionId: parked.id, version: 4 });
  page.unmount();

  const supervisor = await opened(of, {
    me: ha,
    permissions: ["work", "agents.see", "conversations.see_all", "interactions.assign"],
  });
  await supervisor.user.click(screen.getByRole("button", { name: /Gọi việc này lại/ }));
  expect(supervisor.said("interaction.unpark")).toEqual({ interactionId: parked.id, version: 4 });
  supervisor.unmount();

  const colleague = await opened(of, { me: ha });
  expect(screen.queryByRole("button", { name: /Gọi việc này lại|Làm tiếp/ })).toBeNull();
  expect(colleague.command?.isPossible?.(colleague.client.store.getState())).toBe(false);
});
