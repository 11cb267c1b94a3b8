import { screen, waitFor } from "@testing-library/react";
import type { AuditRow } from "@tongdai/shared";
import { expect, test } from "vitest";
import { id, lan, morning, queueCare } from "../../../../test/renderer/builders.ts";
import { scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import Settings from "./settings.tsx";

async function open(row: AuditRow) {
  const desk = await scripted(
    { "audit.list": () => ({ rows: [row], next: null }) },
    { hash: "#/settings/audit", snapshot: { permissions: ["people.manage", "audit.read"] } },
  );
  return { ...desk, ...show(desk, <Settings />) };
}

const lastOf = (sent: readonly { readonly name: string; readonly input: unknown }[], name: string) =>
  sent.findLast((s) => s.name === name)?.input;

test("the audit is narrowed by what is asked for, and leads to what a row is about", async () => {
  const row: AuditRow = {
    id: id(900),
    at: morning,
    actorId: lan.id,
    action: "queue.saved",
    target: queueCare.id,
    targetName: null,
    address: "203.0.113.7",
    detail: { offerSeconds: 30 },
  };
  const { user, sent, client } = await open(row);
  await user.type(await screen.findByRole("searchbox"), "chăm");
  await waitFor(() => expect(lastOf(sent, "audit.list")).toEqual({ text: "chăm" }));
  await user.click(screen.getByRole("button", { name: `Chỉ xem về ${queueCare.name}` }));
  await waitFor(() => expect(lastOf(sent, "audit.list")).toEqual({ text: "chăm", target: queueCare.id }));
  await user.click(screen.getByRole("button", { name: "Bỏ lọc" }));
  await waitFor(() => expect(lastOf(sent, "audit.list")).toEqual({}));
  await user.click(screen.getByRole("button", { name: queueCare.name }));
  expect(client.store.getState().ui.route).toEqual({ name: "settings", section: "queues" });
});
