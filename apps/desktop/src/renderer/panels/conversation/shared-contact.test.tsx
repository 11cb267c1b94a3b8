import { screen, waitFor } from "@testing-library/react";
import { AppError, type Customer } from "@tongdai/shared";
import { expect, test } from "vitest";
import { conversation, message } from "../../../../test/renderer/builders.ts";
import { customer } from "../../../../test/renderer/records.ts";
import { scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { learn } from "../../state/learn.ts";
import { ChannelEvent } from "./channel-event.tsx";

const of = conversation(1);
const shared = message(of.id, 1, {
  kind: "event",
  direction: "none",
  text: "",
  event: { name: "contact_shared", data: { name: "Trần Thị Hà", phone: "84901234567" } },
});

async function opened(refuse = false) {
  let kept: Customer = customer({ id: of.customerId, name: "Hà", attributes: {} });
  const desk = await scripted({
    "customer.update": ({ name, attributes }) => {
      if (refuse) throw new AppError("unavailable", "no");
      kept = {
        ...kept,
        version: kept.version + 1,
        name: name ?? kept.name,
        attributes: { ...kept.attributes, ...(attributes as Record<string, string> | undefined) },
      };
      return { customer: kept };
    },
  });
  const { client } = desk;
  client.update((s) => learn(s, { conversation: of, customer: kept }, client.now()));
  return { ...desk, ...show(desk, <ChannelEvent message={shared} />), kept: () => kept };
}

test("shared contact details are put on the customer's card when the agent says so, and then not offered again", async () => {
  const { user, kept, sent } = await opened();
  expect(screen.getByText("Trần Thị Hà · 0901 234 567")).toBeVisible();
  expect(sent.some(({ name }) => name === "customer.update")).toBe(false);
  await user.click(screen.getByRole("button", { name: "Điền vào thẻ khách" }));
  await waitFor(() => expect(screen.queryByRole("button")).toBeNull());
  expect(kept()).toMatchObject({ name: "Trần Thị Hà", attributes: { "Điện thoại": "84901234567" } });
});

test("what could not be saved is still offered", async () => {
  const { user } = await opened(true);
  await user.click(screen.getByRole("button", { name: "Điền vào thẻ khách" }));
  await waitFor(() => expect(screen.getByRole("button")).toBeEnabled());
});
