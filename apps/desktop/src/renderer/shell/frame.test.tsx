import { act, createEvent, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { agent, carries, facebook, id, lan } from "../../../test/renderer/builders.ts";
import { type Script, scripted } from "../../../test/renderer/script.ts";
import { show } from "../../../test/renderer/show.tsx";
import { setMentioned } from "../state/conversations.ts";
import { formatRoute } from "../state/route.ts";
import { setPreferences } from "../state/ui.ts";
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

test("the rail counts where I am mentioned, beside what is unread", async () => {
  const { client } = await open("#/inbox", ["work"], {
    "conversation.list": () => ({ conversations: [], next: null }),
  });
  act(() => client.update((s) => setMentioned(setMentioned(s, id(1), true), id(2), true)));
  expect(await screen.findByRole("button", { name: "Hộp thư, 2 hội thoại nhắc tới bạn" })).toHaveTextContent(
    "@2",
  );
});

test("the rail says that other work has taken the room that a kind of work still seems to have", async () => {
  const mailbox = {
    ...facebook,
    id: "email",
    capabilities: { ...facebook.capabilities, work: "mail" },
  } as const;
  const limits = { call: 0, chat: 3, mail: 5 };
  const loads = (chat: number, mail: number) => agent(lan, { limits, carries: { ...carries(chat), mail } });
  const desk = await scripted(
    {},
    {
      hash: "#/settings",
      snapshot: { permissions: ["work"], channels: [facebook, mailbox], agents: [loads(2, 1)] },
    },
  );
  show(desk, <Frame />);
  const button = await screen.findByTitle(/Đổi trạng thái/);
  // Two thirds and a fifth: neither a third nor a fifth is left.
  expect(button).toHaveTextContent("2/3đầy1/5đầy");
  expect(button).toHaveAccessibleName(/2\/3 hội thoại, hết chỗ vì việc khác/);
  const lighter = { [lan.id]: loads(2, 0) };
  act(() => desk.client.update((s) => ({ ...s, people: { ...s.people, agents: lighter } })));
  expect(button).not.toHaveTextContent("đầy");
});

test("Shift+P takes work again from anywhere", async () => {
  const { user, sent } = await open("#/settings", ["work"], {
    "agent.set_state": () => ({ agent: agent(lan) }),
  });
  await screen.findByRole("heading", { level: 1 });
  await user.keyboard("{Shift>}P{/Shift}");
  await waitFor(() =>
    expect(sent.at(-1)).toMatchObject({ name: "agent.set_state", input: { state: "available" } }),
  );
});

test("whatever is typed into the palette can be searched for, to its last letter", async () => {
  const { user, client } = await open("#/inbox", ["work"], {
    "conversation.list": () => ({ conversations: [], next: null }),
  });
  await screen.findByRole("main");
  await user.keyboard("{Control>}k{/Control}");
  await user.type(await screen.findByRole("combobox"), "mai");
  await user.click(screen.getByRole("option", { name: /mai$/ }));
  expect(client.store.getState().inbox.search.query).toBe("mai");
});

test("the palette leads to every section of the settings that is this person's, and out", async () => {
  const { user, client } = await open("#/settings", ["work", "channels.manage"]);
  await screen.findByRole("heading", { level: 1 });
  await user.keyboard("{Control>}k{/Control}");
  const palette = within(await screen.findByRole("dialog"));
  expect(palette.queryByRole("option", { name: "Nhật ký quản trị" })).toBeNull();
  await user.keyboard("phien dang nhap{Enter}");
  await waitFor(() => expect(formatRoute(client.store.getState().ui.route)).toBe("#/settings/sessions"));
  await user.keyboard("{Control>}k{/Control}");
  await screen.findByRole("dialog");
  await user.keyboard("dang xuat{Enter}");
  expect(await screen.findByRole("dialog", { name: "Việc chưa xong thì sao?" })).toBeVisible();
});

test("the palette goes away for a reason", async () => {
  const { user, sent } = await open("#/inbox", ["work"], {
    "conversation.list": () => ({ conversations: [], next: null }),
    "agent.set_state": () => ({ agent: agent(lan) }),
  });
  await screen.findByRole("main");
  await user.keyboard("{Control>}k{/Control}");
  await user.type(await screen.findByRole("combobox"), "an trua{Enter}");
  await waitFor(() =>
    expect(sent.at(-1)).toMatchObject({ name: "agent.set_state", input: { state: "away", reason: "lunch" } }),
  );
});

test("F6 walks the panes, each entered where one left it; a folded one is passed over", async () => {
  const { user, client } = await open("#/inbox", ["work"], {
    "conversation.list": () => ({ conversations: [], next: null }),
  });
  const [left, main, right] = await Promise.all([
    screen.findByRole("navigation", { name: "Danh sách" }),
    screen.findByRole("main"),
    screen.findByRole("complementary"),
  ]);
  await user.keyboard("{F6}");
  expect(left).toHaveFocus();
  const [tab] = await within(left).findAllByRole("tab");
  if (!tab) throw new Error("the inbox has no tabs");
  act(() => tab.focus());
  await user.keyboard("{F6}");
  expect(main).toHaveFocus();
  await user.keyboard("{F6}");
  expect(right).toHaveFocus();
  await user.keyboard("{F6}");
  expect(tab).toHaveFocus();
  act(() => client.update((s) => setPreferences(s, { rightOpen: false })));
  await user.keyboard("{Shift>}{F6}{/Shift}");
  expect(main).toHaveFocus();
});
