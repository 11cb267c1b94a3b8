import { act, screen, waitFor, within } from "@testing-library/react";
import { AppError } from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { conversation, lan, message, minh } from "../../../../test/renderer/builders.ts";
import { customer, customerId, line, ticket } from "../../../../test/renderer/records.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { learn } from "../../state/learn.ts";
import { setRoute } from "../../state/ui.ts";
import CustomerPanel from "./customer.tsx";

const base: Script = {
  "customer.get": () => ({ customer: customer() }),
  "customer.timeline": () => ({ entries: [line(3), line(2), line(1)], next: null }),
  "ticket.list": () => ({ tickets: [], next: null }),
};

async function open(script: Script = {}) {
  const desk = await scripted({ ...base, ...script }, { hash: `#/customers/${customerId}` });
  return { ...desk, ...show(desk, <CustomerPanel />) };
}

const lines = () =>
  within(screen.getByRole("region", { name: "Dòng thời gian" }))
    .getAllByRole("listitem")
    .map((row) => row.textContent);

describe("who this is", () => {
  test("names the customer, their addresses, tags and attributes, masked ones as such", async () => {
    await open();
    expect(await screen.findByRole("button", { name: "Sửa Tên: Phạm Thị Thu Trang" })).toBeInTheDocument();
    expect(screen.getByText("Thu Trang")).toBeInTheDocument();
    expect(screen.getByText("khách quen")).toBeInTheDocument();
    const phone = screen.getByRole("button", { name: "Sửa Điện thoại: 0903 *** 778" });
    expect(within(phone).getByRole("img", { name: "Số đã che" })).toBeInTheDocument();
  });

  test("a name that somebody else has just changed is shown, and what was typed stays to be saved again", async () => {
    const { user, answer, sent } = await open();
    await user.click(await screen.findByRole("button", { name: /^Sửa Tên/ }));
    answer({
      "customer.get": () => ({ customer: customer({ name: "Chị Trang", version: 4 }) }),
      "customer.update": () => {
        throw new AppError("conflict", "changed");
      },
    });
    await user.keyboard("Thu Trang{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("Chị Trang");
    expect(screen.getByRole("textbox", { name: "Tên" })).toHaveValue("Thu Trang");
    answer({ "customer.update": () => ({ customer: customer({ name: "Thu Trang", version: 5 }) }) });
    await user.click(screen.getByRole("textbox", { name: "Tên" }));
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("button", { name: "Sửa Tên: Thu Trang" })).toBeInTheDocument();
    expect(sent.at(-1)).toMatchObject({ name: "customer.update", input: { version: 4, name: "Thu Trang" } });
  });

  test("the agent who looks after them is chosen, and shown as soon as chosen", async () => {
    const { user, sent } = await open({
      "customer.update": ({ ownerId }) => ({ customer: customer({ ownerId: ownerId ?? null, version: 4 }) }),
    });
    const owner = await screen.findByRole("combobox", { name: "Người phụ trách khách này" });
    expect(owner).toHaveTextContent("Chưa có ai phụ trách");
    await user.click(owner);
    await user.click(await screen.findByRole("option", { name: "Trần Quốc Minh" }));
    expect(owner).toHaveTextContent("Trần Quốc Minh");
    await waitFor(() => expect(sent.at(-1)).toMatchObject({ input: { ownerId: minh.id, version: 3 } }));
  });

  test("a choice of agent that is refused goes back, with the reason", async () => {
    const { user } = await open({
      "customer.update": () => {
        throw new AppError("forbidden", "no");
      },
    });
    const owner = await screen.findByRole("combobox", { name: "Người phụ trách khách này" });
    await user.click(owner);
    await user.click(await screen.findByRole("option", { name: "Trần Quốc Minh" }));
    expect(await screen.findByRole("alert")).toBeInTheDocument();
    expect(owner).toHaveTextContent("Chưa có ai phụ trách");
  });

  test("tags are added from what others carry, found without marks", async () => {
    const { user, client, answer, sent } = await open();
    answer({ "customer.update": ({ tags }) => ({ customer: customer({ tags: tags ?? [], version: 4 }) }) });
    client.update((s) => learn(s, { customer: customer({ id: lan.id, tags: ["khiếu nại", "sỉ"] }) }, 0));
    await user.click(await screen.findByRole("button", { name: "Thêm thẻ" }));
    await user.keyboard("khieu");
    expect(screen.getAllByRole("option").map((o) => o.textContent)).toEqual(["khiếu nại"]);
    await user.keyboard("{ArrowDown}{Enter}");
    await waitFor(() =>
      expect(sent.at(-1)).toMatchObject({ input: { tags: ["khách quen", "khiếu nại"], version: 3 } }),
    );
    expect(screen.getByRole("button", { name: "Gỡ khiếu nại" })).toBeInTheDocument();
  });

  test("an attribute is not added twice under two names", async () => {
    const { user, sent } = await open();
    await user.click(await screen.findByRole("button", { name: "Thêm thuộc tính" }));
    await user.type(screen.getByRole("combobox", { name: "Tên thuộc tính" }), "SĐT");
    await user.type(screen.getByRole("textbox", { name: "Giá trị" }), "0901234567{Enter}");
    expect(screen.getByRole("alert")).toBeInTheDocument();
    expect(sent.map((s) => s.name)).not.toContain("customer.update");
  });

  test("says that it cannot be loaded, and loads when asked again", async () => {
    const { user, answer } = await open({
      "customer.get": () => {
        throw new AppError("internal", "broken");
      },
    });
    expect(await screen.findByText("Không tải được thông tin khách")).toBeInTheDocument();
    answer(base);
    await user.click(screen.getByRole("button", { name: "Thử lại" }));
    expect(await screen.findByRole("button", { name: /^Sửa Tên/ })).toBeInTheDocument();
  });
});

describe("the timeline", () => {
  test("grows at the top while one looks, and fetches the older part by its cursor", async () => {
    const { tell, sent } = await open({
      "customer.timeline": ({ cursor }) =>
        cursor === "older"
          ? { entries: [line(1)], next: null }
          : { entries: [line(3), line(2)], next: "older" },
    });
    await waitFor(() => expect(lines()).toHaveLength(3));
    expect(sent.filter((s) => s.name === "customer.timeline")).toHaveLength(2);
    const of = conversation(1);
    const text = message(of.id, 900, { text: "Alo shop" });
    tell({
      seq: 500,
      at: text.at,
      name: "message.created",
      actorId: null,
      data: { message: text, conversation: of },
    });
    await waitFor(() => expect(lines()[0]).toContain("Alo shop"));
    expect(lines()).toHaveLength(4);
  });

  test("says that a channel told the details, not that the system edited them", async () => {
    await open({
      "customer.timeline": () => ({
        entries: [line(1, { name: "customer.updated", channel: null, actorId: null })],
        next: null,
      }),
    });
    await waitFor(() => expect(lines()[0]).toContain("Lấy thông tin từ kênh"));
  });

  test("says that an agent went on by another channel, and does not call it a note", async () => {
    const ours = { direction: "none", actorId: lan.id } as const;
    await open({
      "customer.timeline": () => ({
        entries: [line(2, { ...ours, summary: "continued_on" }), line(1, { ...ours, summary: "Khách quen" })],
        next: null,
      }),
    });
    await waitFor(() => expect(lines()[0]).toContain("Trả lời tiếp qua kênh khác"));
    expect(lines()[0]).not.toContain("Ghi chú");
    expect(lines()[1]).toContain("Ghi chú");
  });

  test("names a sticker in words, and keeps nothing of what was taken back while one looks", async () => {
    const gone = message(conversation(1).id, 900, { text: "lỡ lời", state: "removed", direction: "out" });
    const { tell } = await open({
      "customer.timeline": () => ({
        entries: [
          line(3, { summary: "", attachment: "sticker" }),
          line(2, { summary: "lỡ lời", direction: "out", messageId: gone.id }),
        ],
        next: null,
      }),
    });
    await waitFor(() => expect(lines()[0]).toContain("Nhãn dán"));
    expect(lines()[1]).toContain("lỡ lời");
    tell({ seq: 501, at: gone.at, name: "message.updated", actorId: null, data: { message: gone } });
    await waitFor(() => expect(lines()[1]).toContain("Tin đã xoá"));
    expect(lines()[1]).not.toContain("lỡ lời");
  });

  test("leads to the ticket and to the conversation, and is walked with the arrow keys", async () => {
    const { user, client } = await open({
      "customer.timeline": () => ({
        entries: [line(2, { name: "ticket.created", ticketId: ticket(1).id, summary: "Đổi tách" }), line(1)],
        next: null,
      }),
    });
    const first = await screen.findByRole("button", { name: /Tạo phiếu: Đổi tách/ });
    first.focus();
    await user.keyboard("{ArrowDown}{ArrowUp}{Enter}");
    expect(client.store.getState().ui.route).toEqual({ name: "tickets", ticketId: ticket(1).id });
    const back = { name: "customers", customerId } as const;
    act(() => client.update((s) => setRoute(s, back)));
    await user.click(await screen.findByRole("button", { name: /Chuyện 1/ }));
    expect(client.store.getState().ui.route).toEqual({ name: "inbox", conversationId: conversation(1).id });
  });
});

test("what is done is out of the way, one press from being seen", async () => {
  const done = ticket(2, { status: "closed", subject: "Đổi tách vỡ" });
  const { user, client } = await open({
    "ticket.list": ({ query }) => ({ tickets: query.statuses?.includes("closed") ? [done] : [], next: null }),
  });
  const toggle = await screen.findByRole("button", { name: "1 phiếu đã xong" });
  expect(toggle).toHaveAttribute("aria-expanded", "false");
  expect(screen.queryByRole("list", { name: "Phiếu đã xong" })).toBeNull();
  await user.click(toggle);
  await user.click(
    within(screen.getByRole("list", { name: "Phiếu đã xong" })).getByRole("button", { name: /Đổi tách vỡ/ }),
  );
  expect(client.store.getState().ui.route).toEqual({ name: "tickets", ticketId: done.id });
});

test("a ticket for this customer is one press away", async () => {
  const { user, client } = await open();
  await user.click(await screen.findByRole("button", { name: /^Tạo phiếu/ }));
  expect(client.store.getState().ui.dialog).toEqual({ kind: "customer_ticket", customerId });
});
