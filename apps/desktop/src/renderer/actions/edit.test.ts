import { AppError, type Customer, type Ticket } from "@tongdai/shared";
import { describe, expect, test } from "vitest";
import { customer, customerId, ticket } from "../../../test/renderer/records.ts";
import { scripted } from "../../../test/renderer/script.ts";
import { learn } from "../state/learn.ts";
import { selectCustomer, selectTicket } from "../state/selectors.ts";
import { editCustomer } from "./edit-customer.ts";
import { editTicket } from "./edit-ticket.ts";

const conflict = () => new AppError("conflict", "changed meanwhile");

/** A gateway where somebody else was quicker: it refuses what is not based on `theirs`. */
async function customersDesk(theirs: Customer) {
  const desk = await scripted({
    "customer.get": () => ({ customer: theirs }),
    "customer.update": ({ version, name, tags, attributes }) => {
      if (version !== theirs.version) throw conflict();
      return {
        customer: {
          ...theirs,
          name: name ?? theirs.name,
          tags: tags ?? theirs.tags,
          attributes: { ...theirs.attributes, ...(attributes as Record<string, string>) },
          version: version + 1,
        },
      };
    },
  });
  desk.client.update((s) => learn(s, { customer: customer() }, 0));
  return { ...desk, now: () => selectCustomer(desk.client.store.getState(), customerId) };
}

describe("an edit of a customer", () => {
  test("shows at once and holds once it is acknowledged", async () => {
    const { client, now } = await customersDesk(customer());
    const done = editCustomer(client, customerId, { kind: "tag", tag: "VIP", on: true });
    expect(now()?.tags).toEqual(["khách quen", "VIP"]);
    await done;
    expect(now()).toMatchObject({ tags: ["khách quen", "VIP"], version: 4 });
  });

  test("goes on top of what somebody else changed elsewhere", async () => {
    const { client, now } = await customersDesk(customer({ name: "Thu Trang", tags: ["VIP"], version: 4 }));
    await editCustomer(client, customerId, { kind: "tag", tag: "sỉ", on: true });
    expect(now()).toMatchObject({ name: "Thu Trang", tags: ["VIP", "sỉ"], version: 5 });
  });

  test("is refused, and theirs shown, when they changed the same", async () => {
    const { client, now } = await customersDesk(customer({ name: "Thu Trang", version: 4 }));
    const edit = editCustomer(client, customerId, { kind: "name", name: "Chị Trang" });
    await expect(edit).rejects.toMatchObject({ code: "conflict" });
    expect(now()?.name).toBe("Thu Trang");
  });

  test("is taken back when there is no connection", async () => {
    const { client, drop, now } = await customersDesk(customer());
    drop();
    const edit = editCustomer(client, customerId, { kind: "name", name: "Chị Trang" });
    await expect(edit).rejects.toMatchObject({ code: "unavailable" });
    expect(now()?.name).toBe("Phạm Thị Thu Trang");
  });
});

async function ticketsDesk(theirs: Ticket) {
  const desk = await scripted({
    "ticket.get": () => ({ ticket: theirs, comments: [], history: [], talks: [] }),
    "ticket.update": ({ ticketId, version, ...change }) => {
      if (version !== theirs.version) throw conflict();
      return { ticket: { ...theirs, ...(change as Partial<Ticket>), id: ticketId, version: version + 1 } };
    },
  });
  desk.client.update((s) => learn(s, { ticket: ticket(1) }, 0));
  return { ...desk, now: () => selectTicket(desk.client.store.getState(), ticket(1).id) };
}

describe("an edit of a ticket", () => {
  test("goes on top of another field", async () => {
    const { client, now } = await ticketsDesk(ticket(1, { priority: "urgent", version: 2 }));
    await editTicket(client, ticket(1).id, { status: "solved" });
    expect(now()).toMatchObject({ priority: "urgent", status: "solved", version: 3 });
  });

  test("is refused when the same field was changed", async () => {
    const { client, now } = await ticketsDesk(ticket(1, { status: "pending", version: 2 }));
    const edit = editTicket(client, ticket(1).id, { status: "solved" });
    await expect(edit).rejects.toMatchObject({ code: "conflict" });
    expect(now()?.status).toBe("pending");
  });
});
