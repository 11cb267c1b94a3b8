import { screen, waitFor, within } from "@testing-library/react";
import { AppError, type ChannelInfo, type Customer, type Snapshot } from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { conversation, event, facebook, id, message } from "../../../../test/renderer/builders.ts";
import { customer, customerId } from "../../../../test/renderer/records.ts";
import { type Script, scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { Toaster } from "../../ui/toast.tsx";
import CustomerPanel from "./customer.tsx";

const [mine] = customer().identities;
const theirs = mine && { ...mine, id: id(901), displayName: "Trang Phạm" };
const other: Customer = customer({
  id: id(900),
  name: "Trang Phạm",
  identities: theirs ? [theirs] : [],
  version: 7,
});
const together = customer({ identities: [mine, theirs].flatMap((i) => i ?? []), version: 8 });

/** A channel on which customers have a number. */
const phones: ChannelInfo = {
  ...facebook,
  id: "sms",
  capabilities: { ...facebook.capabilities, address: "phone" },
};

const base: Script = {
  "customer.get": ({ customerId: asked }) => ({ customer: asked === other.id ? other : customer() }),
  "customer.timeline": () => ({ entries: [], next: null }),
  "customer.suggestions": () => ({ suggestions: [] }),
  "ticket.list": () => ({ tickets: [], next: null }),
};

const suggested: Script = {
  "customer.suggestions": () => ({
    suggestions: [
      {
        customer: other,
        evidence: [{ kind: "phone", value: "0901 *** 004", here: "typed", there: "address" }],
      },
    ],
  }),
};

async function open(script: Script = {}, snapshot: Partial<Snapshot> = {}) {
  const desk = await scripted({ ...base, ...script }, { hash: `#/customers/${customerId}`, snapshot });
  const panel = (
    <>
      <CustomerPanel />
      <Toaster />
    </>
  );
  return { ...desk, ...show(desk, panel) };
}

describe("one person on several channels", () => {
  test("an address has a line to itself: what stands below never cuts it", async () => {
    const phone = mine && { ...mine, channel: "sms" as const, externalId: "+84938452110", displayName: "" };
    await open(
      { "customer.get": () => ({ customer: customer({ identities: phone ? [phone] : [] }) }) },
      { channels: [phones] },
    );
    const place = await screen.findByRole("region", { name: "Địa chỉ liên hệ" });
    const address = within(place).getByTitle("0938 452 110");
    expect(address.closest("p")).toHaveTextContent(/^0938 452 110$/);
    expect(within(place).getByTitle(/^MobiFone · /)).toBeVisible();
  });

  test("who may be the same person is suggested with its evidence, linked with one press, and undone from the toast", async () => {
    const { user, sent, answer } = await open({
      ...suggested,
      "customer.link": () => ({ customer: together }),
      "customer.unlink": () => ({ customer: customer({ version: 9 }), taken: { ...other, version: 9 } }),
    });
    const strip = await screen.findByRole("region", { name: "Có thể là cùng một người" });
    expect(strip).toHaveTextContent("Số 0901 *** 004: khách nhắn; bên kia là địa chỉ liên hệ");
    answer({ ...base });
    await user.click(within(strip).getByRole("button", { name: "Gộp" }));
    await waitFor(() =>
      expect(sent.findLast((s) => s.name === "customer.link")).toMatchObject({
        input: { customerId, version: 3, otherId: other.id, otherVersion: 7 },
      }),
    );
    await user.click(await screen.findByRole("button", { name: "Hoàn tác" }));
    await waitFor(() =>
      expect(sent.findLast((s) => s.name === "customer.unlink")).toMatchObject({
        input: { customerId, version: 8, identityIds: [id(901)] },
      }),
    );
  });

  test("what the customer writes while one looks is asked about at once", async () => {
    const { tell, answer } = await open();
    await screen.findByText("Phạm Thị Thu Trang");
    await waitFor(() => expect(screen.queryByRole("region", { name: /cùng một người/ })).toBeNull());
    answer(suggested);
    const of = conversation(1, { customerId });
    const text = message(of.id, 1, { text: "Số em 0901 000 004" });
    tell(event(50, "message.created", { message: text, conversation: of }));
    expect(await screen.findByRole("region", { name: "Có thể là cùng một người" })).toBeVisible();
  });

  test("who is not the same is suggested no more", async () => {
    const { user, sent, answer } = await open({ ...suggested, "customer.tell_apart": () => ({}) });
    const strip = await screen.findByRole("region", { name: "Có thể là cùng một người" });
    answer(base);
    await user.click(within(strip).getByRole("button", { name: "Không phải" }));
    await waitFor(() => expect(strip).not.toBeInTheDocument());
    expect(sent.find((s) => s.name === "customer.tell_apart")).toMatchObject({
      input: { customerId, otherId: other.id, apart: true },
    });
  });

  test("somebody is found by name and linked from the keyboard; a refusal is said and nothing is lost", async () => {
    const { user, answer, sent, clock } = await open({
      "customer.search": () => ({ customers: [other], next: null }),
      "customer.link": () => {
        throw new AppError("conflict", "changed");
      },
    });
    await user.click(await screen.findByRole("button", { name: "Gộp khách" }));
    const dialog = await screen.findByRole("dialog", { name: "Gộp hai khách" });
    await user.type(within(dialog).getByRole("combobox"), "Trang");
    clock.advance(150);
    expect(await within(dialog).findByRole("option", { name: /Trang Phạm/ })).toBeInTheDocument();
    await user.keyboard("{Enter}");
    await user.click(within(dialog).getByRole("button", { name: "Gộp" }));
    expect(await within(dialog).findByRole("alert")).toBeInTheDocument();
    answer({ "customer.link": () => ({ customer: together }) });
    await user.click(within(dialog).getByRole("button", { name: "Gộp" }));
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(sent.filter((s) => s.name === "customer.link")).toHaveLength(2);
  });

  test("whoever is found of one name is told apart by number and channels, and the customer alone is not offered", async () => {
    const reached = (n: number, channel: "sms" | "facebook", externalId: string) =>
      customer({
        id: id(900 + n),
        attributes: {},
        identities: mine ? [{ ...mine, id: id(950 + n), channel, externalId }] : [],
      });
    const found = [customer(), reached(1, "sms", "+84905117882"), reached(2, "facebook", "7000000000000009")];
    const { user, clock } = await open(
      { "customer.search": () => ({ customers: found, next: null }) },
      { channels: [facebook, phones] },
    );
    await user.click(await screen.findByRole("button", { name: "Gộp khách" }));
    const dialog = await screen.findByRole("dialog", { name: "Gộp hai khách" });
    await user.type(within(dialog).getByRole("combobox"), "Trang");
    clock.advance(150);
    const rows = await within(dialog).findAllByRole("option");
    expect(rows.map((row) => row.textContent)).toEqual([
      expect.stringMatching(/0905 117 882$/),
      expect.stringMatching(/Cửa hàng Sen Việt$/),
    ]);
    expect(within(dialog).getByRole("img", { name: "SMS" })).toBeVisible();
  });

  test("an address is taken out of several; a customer's only one is not", async () => {
    const { user, sent, answer } = await open({
      "customer.get": () => ({ customer: together }),
      "customer.unlink": () => ({ customer: customer({ version: 9 }), taken: { ...other, version: 9 } }),
    });
    await user.click(await screen.findByRole("button", { name: "Tách Trang Phạm khỏi khách này" }));
    answer(base);
    await waitFor(() =>
      expect(sent.find((s) => s.name === "customer.unlink")).toMatchObject({
        input: { customerId, version: 8, identityIds: [id(901)] },
      }),
    );
    await waitFor(() => expect(screen.queryByRole("button", { name: /^Tách/ })).not.toBeInTheDocument());
  });
});
