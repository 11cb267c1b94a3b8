import { act, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { id, lan } from "../../../test/renderer/builders.ts";
import { desk } from "../../../test/renderer/desk.ts";
import { fakeDesktop } from "../../../test/renderer/fake-desktop.ts";
import { customer } from "../../../test/renderer/records.ts";
import { type Script, scripted } from "../../../test/renderer/script.ts";
import { show } from "../../../test/renderer/show.tsx";
import { findNumber } from "../actions/search-customers.ts";
import { enter, startClient } from "../actions/start-client.ts";
import { openLink } from "../panels/open-link.ts";
import { App } from "./app.tsx";

const number = "+84901234567";
const owner = customer({ id: id(5_000), name: "Lê Minh Châu" });
const phoneBook: Script = {
  "customer.search": ({ query }) => ({ customers: query === number ? [owner] : [], next: null }),
};

test("a phone number from outside is looked up among the customers", async () => {
  const desktop = fakeDesktop();
  const it = await scripted(phoneBook, {
    desktop: desktop.bridge,
    snapshot: { permissions: ["work"] },
  });
  show(it, <App client={it.client} />);
  act(() => desktop.findNumber(number));
  expect(await screen.findByRole("textbox", { name: "Tìm khách hàng" })).toHaveValue(number);
  act(() => it.clock.advance(150));
  await waitFor(() => expect(screen.getByRole("option")).toHaveTextContent(owner.name));
});

test("one that comes before it is known who is here waits for them", async () => {
  const { client } = await desk({ loggedOut: true, rest: { me: async () => null } });
  findNumber(client, number);
  await startClient(client);
  enter(client, lan);
  expect(client.store.getState().customers.query).toBe(number);
});

test("a number in a message is looked up in the desktop, which is what the system would start for it", async () => {
  const desktop = fakeDesktop();
  const { client } = await scripted(phoneBook, { desktop: desktop.bridge });
  openLink(client, `tel:${number}`);
  expect(client.store.getState().customers.query).toBe(number);
  expect(client.store.getState().ui.route).toEqual({ name: "customers", customerId: null });
  openLink(client, "https://example.vn/");
  expect(desktop.opened).toEqual(["https://example.vn/"]);
});
