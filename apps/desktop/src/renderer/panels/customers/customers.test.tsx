import { screen, waitFor } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { id } from "../../../../test/renderer/builders.ts";
import { customer } from "../../../../test/renderer/records.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import Customers from "./customers.tsx";

const people = ["Lê Minh Châu", "Phạm Thị Thu Trang", "Đặng Quốc Huy"].map((name, n) =>
  customer({ id: id(5_000 + n), name }),
);

async function open(script: Script = {}) {
  const desk = await scripted(
    {
      "customer.search": ({ query }) => ({
        customers:
          query === "" ? people : people.filter((c) => query === "dang" && c.name.startsWith("Đặng")),
        next: null,
      }),
      ...script,
    },
    { hash: "#/customers" },
  );
  return { ...desk, ...show(desk, <Customers />) };
}

const rows = () => screen.getAllByRole("option").map((row) => row.textContent);

describe("the list of customers", () => {
  test("opens whoever one walks to, from the box and with j", async () => {
    const { user, client, clock } = await open();
    clock.advance(0);
    await screen.findAllByRole("option");
    await user.keyboard("jj");
    expect(client.store.getState().ui.route).toEqual({ name: "customers", customerId: people[1]?.id });
  });

  test("has the focus as soon as it is there", async () => {
    const { clock } = await open();
    clock.advance(0);
    await waitFor(() => expect(screen.getByRole("listbox")).toHaveFocus());
  });

  test("leaves the focus to the box when one types before it is there", async () => {
    const { user, clock } = await open();
    await user.keyboard("/");
    clock.advance(0);
    await screen.findByRole("listbox");
    expect(screen.getByRole("textbox")).toHaveFocus();
  });

  test("shows the face that a channel gave", async () => {
    const [first] = people;
    const identities = (first?.identities ?? []).map((each) => ({ ...each, avatarMediaId: id(77) }));
    const { client, clock, container } = await open({
      "customer.search": () => ({ customers: [{ ...customer(), identities }], next: null }),
    });
    vi.spyOn(client.media, "url").mockResolvedValue("blob:face");
    clock.advance(0);
    await waitFor(() => expect(container.querySelector("img")).toHaveAttribute("src", "blob:face"));
  });

  test("asks when the typing rests, keeps what is here until then, and marks what was found", async () => {
    const { user, clock, sent } = await open();
    clock.advance(0);
    await screen.findAllByRole("option");
    await user.keyboard("/");
    await user.keyboard("dang");
    expect(rows()).toHaveLength(3);
    clock.advance(150);
    await waitFor(() => expect(rows()).toHaveLength(1));
    expect(screen.getByText("Đặng", { selector: "mark" })).toBeInTheDocument();
    expect(sent.filter((s) => s.name === "customer.search")).toHaveLength(2);
  });

  test("says so when nobody is found", async () => {
    const { user, clock } = await open();
    await user.type(screen.getByRole("textbox", { name: "Tìm khách hàng" }), "xyz");
    clock.advance(150);
    expect(await screen.findByText("Không tìm thấy gì cho “xyz”")).toBeInTheDocument();
  });
});
