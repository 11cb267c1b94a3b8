import { createEvent, fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { type Script, scripted } from "../../../test/renderer/script.ts";
import { show } from "../../../test/renderer/show.tsx";
import { formatRoute } from "../state/route.ts";
import { Frame } from "./frame.tsx";

const rights = ["agents.see", "channels.manage", "people.manage", "audit.read"];

async function open(hash: string, permissions: string[], script: Script = {}) {
  const desk = await scripted(script, { hash, snapshot: { permissions } });
  return { ...desk, ...show(desk, <Frame />) };
}

describe("somebody who does not handle conversations", () => {
  test("begins in the settings, not in an inbox that refuses to load", async () => {
    const { client, sent } = await open("", rights);
    await waitFor(() => expect(formatRoute(client.store.getState().ui.route)).toBe("#/settings"));
    expect(await screen.findByRole("heading", { level: 1, name: "Cài đặt" })).toBeVisible();
    expect(sent.map((s) => s.name)).not.toContain("conversation.list");
  });

  test("is told so at the address of a conversation", async () => {
    await open("#/inbox/x", rights);
    expect(await screen.findByText("Tài khoản này không xử lý hội thoại")).toBeVisible();
  });
});

test("a file that is dropped beside the composer does not replace the desk", async () => {
  await open("#/settings", rights);
  await screen.findByRole("heading", { level: 1 });
  const stray = createEvent.drop(document.body, { dataTransfer: { types: ["Files"] } });
  fireEvent(document.body, stray);
  expect(stray.defaultPrevented).toBe(true);
});
