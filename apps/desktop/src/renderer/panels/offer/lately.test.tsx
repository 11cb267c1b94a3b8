import { screen, within } from "@testing-library/react";
import type { TimelineEntry } from "@tongdai/shared";
import { afterEach, beforeEach, expect, test } from "vitest";
import { id, morning } from "../../../../test/renderer/builders.ts";
import { scripted } from "../../../../test/renderer/script.ts";
import { show } from "../../../../test/renderer/show.tsx";
import { ticker } from "../../ui/ticker.ts";
import { Lately } from "./lately.tsx";

beforeEach(() => ticker.setSkew(morning - Date.now()));
afterEach(() => ticker.setSkew(0));

const DAY = 24 * 3_600_000;
const entry = (seq: number, more: Partial<TimelineEntry>): TimelineEntry => ({
  seq,
  at: morning - DAY,
  name: "message.created",
  channel: "zalo",
  conversationId: id(1),
  messageId: id(seq),
  interactionId: null,
  ticketId: null,
  actorId: null,
  summary: `câu ${seq}`,
  attachment: null,
  direction: "in",
  ...more,
});

async function calledBy(entries: readonly TimelineEntry[]) {
  const desk = await scripted({ "customer.timeline": () => ({ entries: [...entries], next: null }) });
  return show(desk, <Lately customerId={id(700)} />);
}

test("the last words with who calls stand there, of every channel, newest first, and when they were said", async () => {
  await calledBy([
    entry(9, { name: "interaction.closed", summary: "Đã tư vấn" }),
    entry(8, { channel: "sms" }),
    entry(7, { summary: "" }),
    entry(6, {}),
    entry(5, {}),
    entry(4, {}),
  ]);
  const lately = await screen.findByRole("region", { name: "Gần đây" });
  const said = within(lately).getAllByRole("listitem");
  expect(said.map((one) => one.textContent)).toEqual([
    "câu 81 ngày trước",
    "câu 61 ngày trước",
    "câu 51 ngày trước",
  ]);
});
