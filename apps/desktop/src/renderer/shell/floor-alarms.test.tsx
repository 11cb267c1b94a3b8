import { act, screen, waitFor } from "@testing-library/react";
import { defaultThresholds, type QueueFloor } from "@tongdai/shared";
import { expect, test } from "vitest";
import { morning, queueCare } from "../../../test/renderer/builders.ts";
import { scripted } from "../../../test/renderer/script.ts";
import { show } from "../../../test/renderer/show.tsx";
import { ticker } from "../ui/ticker.ts";
import { FloorAlarms } from "./floor-alarms.tsx";

const care: QueueFloor = {
  queueId: queueCare.id,
  waiting: 7,
  offered: 0,
  held: 0,
  opensAt: null,
  longestSince: morning - 1_000,
  expectedWait: null,
  thresholds: { ...defaultThresholds, waiting: { warn: 3, alarm: 6 } },
  inProgress: 0,
  available: 1,
  free: 1,
};

async function open(permissions: string[]) {
  const desk = await scripted({ "floor.watch": () => ({}) }, { hash: "#/inbox", snapshot: { permissions } });
  ticker.setSkew(morning - Date.now());
  const page = { ...desk, ...show(desk, <FloorAlarms />) };
  const tell = (queue: QueueFloor, full = false) =>
    act(() => desk.tellFloor({ full, queues: [queue], agents: [] }));
  return { ...page, tell };
}

test("a queue beyond its threshold calls wherever the supervisor is, until they know or it is over; then anew", async () => {
  const { tell, user, sent } = await open(["work", "floor.see"]);
  await waitFor(() => expect(sent.map((s) => s.name)).toContain("floor.watch"));
  await tell(care, true);
  const bar = () => screen.queryByRole("region", { name: "Báo động của hàng chờ" });
  expect(bar()).toHaveTextContent("Chăm sóc khách hàng: nhiều người chờ");
  expect(screen.getByRole("alert")).toHaveTextContent("Báo động: Chăm sóc khách hàng: nhiều người chờ");
  await user.click(screen.getByRole("button", { name: "Đã biết" }));
  expect(bar()).toBeNull();
  await tell({ ...care, waiting: 8 });
  expect(bar()).toBeNull();
  await tell({ ...care, waiting: 2 });
  await tell({ ...care, waiting: 6 });
  expect(bar()).toBeInTheDocument();
  await tell({ ...care, waiting: 2 });
  expect(bar()).toBeNull();
  expect(screen.getByRole("alert")).toHaveTextContent("");
});

test("whoever may not see the floor watches nothing", async () => {
  const { sent } = await open(["work"]);
  expect(sent.map((s) => s.name)).not.toContain("floor.watch");
});
