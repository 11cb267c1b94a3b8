import { screen, waitFor, within } from "@testing-library/react";
import { AppError, type TicketHistoryEntry } from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { conversation, lan, minh, morning } from "../../../../test/renderer/builders.ts";
import { line, ticket } from "../../../../test/renderer/records.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
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

const base: Script = {
  "ticket.get": () => ({
    ticket: ticket(1, { interactionIds: [talk] }),
    comments: [
      { id: ticket(70).id, ticketId: ticket(1).id, authorId: minh.id, text: "Đã báo kho", at: morning },
    ],
    history,
  }),
  "customer.timeline": () => ({ entries: [line(1, { interactionId: talk })], next: null }),
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
