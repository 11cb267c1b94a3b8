import { act, screen, waitFor, within } from "@testing-library/react";
import { AppError, type TicketHistoryEntry, type TicketTalk } from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { conversation, id, interaction, lan, minh, morning } from "../../../../test/renderer/builders.ts";
import { ticket } from "../../../../test/renderer/records.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { navigate } from "../../actions/navigate.ts";
import { useCommandKeys } from "../../shell/use-command-keys.ts";
import { putConversation } from "../../state/conversations.ts";
import { Toaster } from "../../ui/toast.tsx";
import TicketPanel from "./ticket.tsx";

const talk = conversation(1).interaction?.id ?? "";
const history: TicketHistoryEntry[] = [
  { seq: 1, at: morning, actorId: lan.id, name: "ticket.created", changes: {} },
  {
    seq: 2,
    at: morning,
    actorId: minh.id,
    name: "ticket.updated",
    changes: { status: ["new", "open"], ownerId: ["", lan.id] },
  },
];

const place: TicketTalk = {
  interactionId: talk,
  conversationId: conversation(1).id,
  accountId: conversation(1).accountId,
  channel: "facebook",
  at: morning,
};
const talks = [place];

const base: Script = {
  "ticket.get": () => ({
    ticket: ticket(1, { interactionIds: [talk] }),
    comments: [
      { id: ticket(70).id, ticketId: ticket(1).id, authorId: minh.id, text: "Đã báo kho", at: morning },
    ],
    history,
    talks,
  }),
};

async function open(script: Script = {}) {
  const desk = await scripted({ ...base, ...script }, { hash: `#/tickets/${ticket(1).id}` });
  return { ...desk, ...show(desk, <TicketPanel />) };
}

describe("one ticket", () => {
  test("shows fields, comments, and the conversations that it came from", async () => {
    const { user, client } = await open();
    expect(await screen.findByText("Đã báo kho")).toBeInTheDocument();
    await user.click(await screen.findByRole("button", { name: /^Hội thoại qua/ }));
    expect(client.store.getState().ui.route).toEqual({ name: "inbox", conversationId: conversation(1).id });
  });

  test("a field changes at once and goes back with a reason when it is refused", async () => {
    const { user, answer } = await open();
    answer({
      "ticket.update": () => {
        throw new AppError("forbidden", "no");
      },
    });
    await user.click(await screen.findByRole("combobox", { name: "Ưu tiên" }));
    await user.click(await screen.findByRole("option", { name: "Khẩn" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("quyền");
    expect(screen.getByRole("combobox", { name: "Ưu tiên" })).toHaveTextContent("Thường");
  });

  test("offers only the states that may follow", async () => {
    const { user } = await open();
    await user.click(await screen.findByRole("combobox", { name: "Trạng thái" }));
    const names = (await screen.findAllByRole("option")).map((option) => option.textContent);
    expect(names).toEqual(["Đang xử lý", "Chờ khách", "Tạm giữ", "Đã xử lý", "Đã đóng"]);
  });

  test("tells who changed what", async () => {
    const { user } = await open();
    await user.click(await screen.findByRole("tab", { name: "Lịch sử" }));
    const list = await screen.findByRole("list", { name: "Lịch sử" });
    const told = within(list)
      .getAllByRole("listitem")
      .map((row) => row.firstChild?.textContent);
    expect(told).toEqual([
      "Trần Quốc Minh đổi trạng thái: Mới → Đang xử lý",
      "Trần Quốc Minh giao cho Nguyễn Thị Lan",
      "Nguyễn Thị Lan tạo phiếu",
    ]);
  });

  test("fetches the history again when the ticket changed elsewhere", async () => {
    const { tell, sent } = await open();
    await screen.findByText("Đã báo kho");
    const asked = () => sent.filter((s) => s.name === "ticket.get").length;
    expect(asked()).toBe(1);
    const changed = ticket(1, { interactionIds: [talk], version: 2 });
    tell({ seq: 90, at: morning, name: "ticket.updated", actorId: minh.id, data: { ticket: changed } });
    await waitFor(() => expect(asked()).toBe(2));
  });
});

describe("a comment", () => {
  test("typed is there again after looking elsewhere", async () => {
    const { user, unmount, client } = await open();
    await user.type(await screen.findByRole("textbox", { name: "Viết trao đổi" }), "Chờ kho");
    unmount();
    show({ client }, <TicketPanel />);
    expect(await screen.findByRole("textbox", { name: "Viết trao đổi" })).toHaveValue("Chờ kho");
  });

  test("sent without a connection is held, and goes out when it is back", async () => {
    const { user, drop, connect, answer, sent } = await open();
    const box = await screen.findByRole("textbox", { name: "Viết trao đổi" });
    drop();
    await user.type(box, "Chờ kho báo lại{Control>}{Enter}{/Control}");
    expect(await screen.findByText(/Được giữ lại/)).toBeInTheDocument();
    expect(box).toHaveValue("");
    answer({
      "ticket.comment": ({ ticketId, text }) => ({
        comment: { id: ticket(71).id, ticketId, authorId: lan.id, text, at: morning },
      }),
    });
    connect();
    await waitFor(() => expect(sent.map((s) => s.name)).toContain("ticket.comment"));
    await waitFor(() => expect(screen.queryByText(/Được giữ lại/)).toBeNull());
    expect(screen.getByText("Chờ kho báo lại")).toBeInTheDocument();
  });
});

function WithKeys() {
  useCommandKeys();
  return (
    <>
      <TicketPanel />
      <Toaster />
    </>
  );
}

describe("by keyboard", () => {
  async function keyed(script: Script = {}, one = ticket(1, { interactionIds: [talk] })) {
    const answers: Script = { "ticket.get": () => ({ ticket: one, comments: [], history, talks }) };
    const desk = await scripted({ ...base, ...answers, ...script }, { hash: `#/tickets/${one.id}` });
    const page = show(desk, <WithKeys />);
    await screen.findByRole("textbox", { name: "Viết trao đổi" });
    return { ...desk, ...page };
  }

  test("each field has a key, from anywhere", async () => {
    const { user } = await keyed();
    await user.keyboard("i");
    expect(await screen.findByRole("option", { name: "Chưa có ai phụ trách" })).toBeVisible();
    await user.keyboard("{Escape}");
    expect(screen.getByRole("combobox", { name: "Người phụ trách" })).toHaveFocus();
    await user.keyboard("d");
    expect(await screen.findByRole("dialog", { name: "Hạn" })).toBeVisible();
    await user.keyboard("{Escape}s");
    expect(await screen.findByRole("option", { name: "Chờ khách" })).toBeVisible();
  });

  test("a comment is one key away, from the history too, and Escape leads back to the list", async () => {
    const { user, client } = await keyed();
    await user.click(screen.getByRole("tab", { name: "Lịch sử" }));
    await user.keyboard("c");
    expect(await screen.findByRole("textbox", { name: "Viết trao đổi" })).toHaveFocus();
    await user.keyboard("c{Escape}");
    expect(screen.getByRole("textbox", { name: "Viết trao đổi" })).toHaveValue("c");
    expect(client.store.getState().ui.focus.target).toBe("list");
  });

  test("a key that was pressed for one ticket opens nothing on the next", async () => {
    const { user, client, answer } = await keyed();
    await user.keyboard("s");
    await screen.findByRole("option", { name: "Chờ khách" });
    await user.keyboard("{Escape}");
    answer({ "ticket.get": () => ({ ticket: ticket(2), comments: [], history: [], talks: [] }) });
    act(() => navigate(client, { name: "tickets", ticketId: ticket(2).id }));
    expect(await screen.findByText(`Phiếu ${ticket(2).number}`)).toBeVisible();
    expect(screen.queryByRole("option")).toBeNull();
  });

  test("solves and opens again; a closed one is left alone", async () => {
    let now = ticket(1);
    const { user, sent, unmount } = await keyed({
      "ticket.get": () => ({ ticket: now, comments: [], history, talks }),
      "ticket.update": ({ version, status = "new" }) => {
        now = ticket(1, { status, version: version + 1 });
        return { ticket: now };
      },
    });
    const wishes = () => sent.filter((s) => s.name === "ticket.update").map((s) => s.input);
    await user.keyboard("e");
    await waitFor(() => expect(wishes()).toMatchObject([{ status: "solved" }]));
    await screen.findByRole("button", { name: /^Mở lại/ });
    await user.keyboard("e");
    await waitFor(() => expect(wishes()).toMatchObject([{ status: "solved" }, { status: "open" }]));
    unmount();
    const closed = await keyed({}, ticket(1, { status: "closed" }));
    await closed.user.keyboard("es");
    expect(screen.queryByRole("option")).toBeNull();
    expect(closed.sent.map((s) => s.name)).not.toContain("ticket.update");
  });

  test("links a conversation that is open now", async () => {
    const other = conversation(2, { customerId: ticket(1).customerId });
    const { user, sent, client } = await keyed({
      "ticket.link": () => ({ ticket: ticket(1, { version: 2 }) }),
    });
    act(() => client.update((s) => putConversation(s, other)));
    await user.keyboard("l");
    await user.keyboard("{Enter}");
    await waitFor(() =>
      expect(sent.find((s) => s.name === "ticket.link")?.input).toMatchObject({
        interactionId: other.interaction?.id,
        linked: true,
      }),
    );
  });

  test("says so when there is nothing to link", async () => {
    const { user } = await keyed();
    await user.keyboard("l");
    expect(await screen.findByText("Khách này không còn hội thoại đang mở nào để gắn")).toBeVisible();
  });

  test("unlinking leaves the focus on what is next to it, and with the last one on the ticket", async () => {
    const all = [1, 2, 3].map((n) => ({ ...place, interactionId: id(7_000 + n), at: morning - n }));
    const linked = all.map((one) => one.interactionId);
    let now = ticket(1, { interactionIds: linked });
    const { user } = await keyed(
      {
        "ticket.get": () => ({ ticket: now, comments: [], history, talks: all }),
        "ticket.link": ({ interactionId }) => {
          const left = now.interactionIds.filter((one) => one !== interactionId);
          now = { ...now, interactionIds: left, version: now.version + 1 };
          return { ticket: now };
        },
      },
      now,
    );
    const buttons = () => screen.queryAllByRole("button", { name: "Bỏ gắn" });
    await waitFor(() => expect(buttons()).toHaveLength(3));
    buttons()[1]?.focus();
    for (const left of [2, 1]) {
      await user.keyboard("{Enter}");
      await waitFor(() => expect(buttons()).toHaveLength(left));
      expect(buttons()[left - 1]).toHaveFocus();
    }
    await user.keyboard("{Enter}");
    await waitFor(() => expect(buttons()).toHaveLength(0));
    expect(screen.getByRole("region", { name: "Chi tiết phiếu" })).toHaveFocus();
  });

  test("offers no other customer's conversation, which would be refused", async () => {
    const { client } = await keyed();
    const mine = interaction(conversation(3).id, { ownerId: lan.id });
    const other = conversation(3, { interaction: mine });
    expect(other.customerId).not.toBe(ticket(1).customerId);
    act(() => client.update((s) => putConversation(s, other)));
    expect(screen.queryByRole("button", { name: "Gắn hội thoại" })).toBeNull();
  });
});
