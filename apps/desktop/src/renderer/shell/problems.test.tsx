import { act, screen, within } from "@testing-library/react";
import { AppError, type CommandName } from "@tongdai/shared";
import { afterEach, expect, test } from "vitest";
import { conversation } from "../../../test/renderer/builders.ts";
import { type Script, scripted } from "../../../test/renderer/script.ts";
import { show } from "../../../test/renderer/show.tsx";
import { openConversation } from "../actions/open-conversation.ts";
import { App } from "./app.tsx";

const refuse = (): never => {
  throw new AppError("internal", "no");
};
const list: Script = { "conversation.list": () => ({ conversations: [conversation(1)], next: null }) };

afterEach(() => {
  window.location.hash = "";
});

async function open(script: Script) {
  const desk = await scripted(script, { snapshot: { permissions: ["work"] } });
  return { ...desk, ...show(desk, <App client={desk.client} />) };
}

const told = () => within(screen.getByRole("region", { name: /^Thông báo/ })).queryAllByRole("listitem");

test("a list that cannot be loaded is told where it would stand, and only there", async () => {
  const { user, answer } = await open({ "conversation.list": refuse });
  const pane = await screen.findByRole("alert");
  expect(pane).toHaveTextContent("Không tải được hộp thư");
  expect(told()).toEqual([]);
  answer(list);
  await user.click(within(pane).getByRole("button", { name: "Thử lại" }));
  expect(await screen.findByRole("option")).toBeVisible();
});

test("so is a conversation", async () => {
  const { client, sent } = await open({ ...list, "conversation.get": refuse });
  await screen.findByRole("option");
  act(() => openConversation(client, conversation(1).id));
  expect(await screen.findByRole("alert")).toHaveTextContent("Không tải được");
  expect(told()).toEqual([]);
  expect(sent.map((s): CommandName => s.name)).toContain("conversation.get");
});
