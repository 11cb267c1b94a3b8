import { screen, waitFor } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { morning } from "../../../../test/renderer/builders.ts";
import { ticket } from "../../../../test/renderer/records.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { ticketMatches } from "../../state/tickets.ts";
import { ticker } from "../../ui/ticker.ts";
import Tickets from "./tickets.tsx";
import { builtIns, cleanQuery, viewOf } from "./views.ts";

const all = [
  ticket(1, { dueAt: morning - 2 * 60 * 60_000 }),
  ticket(2, { ownerId: null, priority: "urgent" }),
  ticket(3, { status: "solved", dueAt: morning - 60_000 }),
];

async function open(script: Script = {}) {
  const desk = await scripted(
    {
      "ticket.list": ({ query }) => ({
        tickets: all.filter((t) =>
          ticketMatches(query, t, desk.client.store.getState().session.me?.id ?? null, morning),
        ),
        next: null,
      }),
      ...script,
    },
    { hash: "#/tickets" },
  );
  ticker.setSkew(morning - Date.now());
  return { ...desk, ...show(desk, <Tickets />) };
}

const rows = async () => (await screen.findAllByRole("option")).map((row) => row.textContent);
const lastQuery = (sent: readonly { readonly name: string; readonly input: unknown }[]) =>
  sent.findLast((s) => s.name === "ticket.list")?.input;

describe("the list of tickets", () => {
  test("begins with what I still have to do, and says in words what is late", async () => {
    await open();
    expect(await rows()).toHaveLength(1);
    expect((await rows())[0]).toContain("Quá hạn 2 giờ");
  });

  test("a view and a filter ask the gateway at once; a solved ticket is never late", async () => {
    const { user, sent } = await open();
    await user.click(screen.getByRole("tab", { name: "Tất cả" }));
    expect(await rows()).toHaveLength(3);
    expect((await rows())[2]).not.toContain("Quá hạn");
    await user.click(screen.getByRole("button", { name: "Ưu tiên" }));
    await user.click(await screen.findByRole("menuitemcheckbox", { name: "Khẩn" }));
    await waitFor(() => expect(lastQuery(sent)).toMatchObject({ query: { priorities: ["urgent"] } }));
    expect(await rows()).toHaveLength(1);
    expect(screen.getByRole("tab", { name: "Đang lọc" })).toHaveAttribute("aria-selected", "true");
  });

  test("searches when the typing rests, and offers to clear a filter that finds nothing", async () => {
    const { user, sent, clock } = await open();
    await rows();
    const before = sent.length;
    await user.type(screen.getByRole("textbox", { name: "Tìm phiếu" }), "khong co");
    expect(sent).toHaveLength(before);
    clock.advance(200);
    expect(await screen.findByText("Không có phiếu nào khớp bộ lọc")).toBeInTheDocument();
    expect(sent).toHaveLength(before + 1);
    await user.click(screen.getByRole("button", { name: "Xoá lọc" }));
    expect(await rows()).toHaveLength(3);
  });

  test("keeps a filter under a name, renames and removes it", async () => {
    const { user, sent } = await open({
      "ticket_filter.save": ({ id: known, name, query }) => ({
        filter: { id: known ?? ticket(9).id, name, query },
      }),
      "ticket_filter.remove": () => ({}),
    });
    await user.click(screen.getByRole("button", { name: "Quá hạn" }));
    await user.click(screen.getByRole("button", { name: "Lưu bộ lọc" }));
    await user.keyboard("Trễ của tôi{Enter}");
    const tab = await screen.findByRole("tab", { name: "Trễ của tôi" });
    expect(tab).toHaveAttribute("aria-selected", "true");
    await waitFor(() => expect(screen.getByRole("listbox")).toHaveFocus());
    await user.click(screen.getByRole("button", { name: "Thêm thao tác" }));
    await user.click(await screen.findByRole("menuitem", { name: "Đổi tên" }));
    await user.clear(screen.getByRole("textbox", { name: /Tên bộ lọc/ }));
    await user.keyboard("Trễ{Enter}");
    expect(await screen.findByRole("tab", { name: "Trễ" })).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Thêm thao tác" }));
    await user.click(await screen.findByRole("menuitem", { name: "Xoá bộ lọc" }));
    await user.click(await screen.findByRole("button", { name: "Gỡ" }));
    await waitFor(() => expect(screen.queryByRole("tab", { name: "Trễ" })).toBeNull());
    expect(sent.map((s) => s.name)).toContain("ticket_filter.remove");
  });

  test("is walked with j and k, and the row walked to is open", async () => {
    const { user, client } = await open();
    await user.click(screen.getByRole("tab", { name: "Tất cả" }));
    await rows();
    await user.keyboard("jj");
    expect(client.store.getState().ui.route).toEqual({ name: "tickets", ticketId: ticket(2).id });
  });
});

test("the list has the focus as soon as it is there, and Enter leads into the ticket", async () => {
  const { user, client } = await open();
  await rows();
  expect(screen.getByRole("listbox")).toHaveFocus();
  await user.keyboard("j{Enter}");
  expect(client.store.getState().ui.focus.target).toBe("ticket");
  screen.getByRole("tab", { name: "Của tôi" }).focus();
  await user.keyboard("o");
  expect(client.store.getState().ui).toMatchObject({ focus: { target: "ticket", count: 4 } });
});

describe("views", () => {
  test("a query put together by hand that asks the same is the same view", () => {
    expect(viewOf({ owner: "me", statuses: ["new", "open", "pending", "on_hold"], text: " " }, [])).toBe(
      "mine",
    );
    expect(viewOf({ owner: "me" }, [])).toBe("custom");
  });

  test("built-in queries are clean already", () => {
    for (const { query } of builtIns) expect(cleanQuery(query)).toEqual(query);
  });
});
