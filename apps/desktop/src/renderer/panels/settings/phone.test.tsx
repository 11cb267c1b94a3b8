import { act, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { agent, lan, morning } from "../../../../test/renderer/builders.ts";
import { desk, settle } from "../../../../test/renderer/desk.ts";
import { demoWorld } from "../../../../test/renderer/fake-gateway/world.ts";
import { show } from "../../../../test/renderer/show.tsx";
import Settings from "./settings.tsx";

const headset = [
  { id: "m1", kind: "microphone", label: "Jabra" },
  { id: "s1", kind: "speaker", label: "Jabra" },
  { id: "s2", kind: "speaker", label: "Loa để bàn" },
] as const;

async function phoneSettings(microphone: "ready" | "denied" = "ready") {
  const world = demoWorld(morning);
  const { snapshot } = world;
  const channels = snapshot.channels.map((c) => ({
    ...c,
    capabilities: { ...c.capabilities, calls: true as const },
  }));
  world.snapshot = { ...snapshot, channels, agents: [agent(lan)] };
  world.phone = {
    server: "/sip",
    address: "sip:lan@tongdai.test",
    name: "1:lan:s",
    password: "p",
    expiresAt: morning + 3_600_000,
  };
  const d = await desk({ world, hash: "#/settings/phone" });
  await act(settle);
  d.phone.microphone = microphone;
  d.devices.plug(headset);
  const page = show(d, <Settings />);
  await screen.findByRole("region", { name: "Điện thoại" });
  return { ...page, d };
}

test("without telephony there is no such place", async () => {
  const d = await desk({ hash: "#/settings/phone" });
  show(d, <Settings />);
  expect(await screen.findByRole("button", { name: "Giao diện" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Điện thoại" })).toBeNull();
});

test("devices are chosen for the machine, and a call that goes on moves to them", async () => {
  const { d, user } = await phoneSettings();
  await user.click(screen.getByRole("combobox", { name: "Loa" }));
  await user.click(await screen.findByRole("option", { name: "Loa để bàn" }));
  await waitFor(() => expect(d.phone.audio.speaker).toBe("s2"));
  expect(d.client.store.getState().ui.preferences.audio).toMatchObject({ speaker: "s2", ring: null });
});

test("a device that is unplugged stays chosen and is named so", async () => {
  const { d, user } = await phoneSettings();
  await user.click(screen.getByRole("combobox", { name: "Thiết bị đổ chuông" }));
  await user.click(await screen.findByRole("option", { name: "Loa để bàn" }));
  await act(async () => {
    d.devices.plug(headset.slice(0, 2));
    await settle();
  });
  expect(screen.getByRole("combobox", { name: "Thiết bị đổ chuông" })).toHaveTextContent("đã bị rút");
});

test("the meter says that one is heard, and lets go of the microphone when one leaves", async () => {
  const { d, unmount } = await phoneSettings();
  await waitFor(() => expect(d.devices.isListening).toBe(true));
  expect(screen.getByText(/Chưa nghe thấy gì/)).toBeVisible();
  act(() => d.devices.speak(0.7));
  expect(screen.getByRole("meter", { name: "Mức tiếng của micro" })).toHaveAttribute("value", "0.7");
  expect(screen.getByText("Micro nghe thấy bạn.")).toBeVisible();
  unmount();
  await act(settle);
  expect(d.devices.isListening).toBe(false);
});

test("a microphone that is not allowed is said where it would be heard", async () => {
  await phoneSettings("denied");
  expect(await screen.findByRole("alert")).toHaveTextContent("Chưa được phép dùng micro");
});

test("each loudspeaker can be tried, and one hears oneself", async () => {
  const { d, user } = await phoneSettings();
  const [speaker] = screen.getAllByRole("button", { name: "Thử" });
  if (!speaker) throw new Error("no button");
  await user.click(speaker);
  await waitFor(() => expect(d.devices.sounded).toEqual(["tone own"]));
  await user.click(screen.getByRole("button", { name: "Ghi 3 giây rồi nghe lại" }));
  expect(await screen.findByText(/Đã ghi được tiếng của bạn/)).toBeVisible();
  expect(d.devices.sounded).toEqual(["tone own", "replay own"]);
});

test("whether calls would come is looked at every minute and when asked", async () => {
  const { d, user } = await phoneSettings();
  expect(await screen.findByText("Đã nối với tổng đài")).toBeVisible();
  d.phone.microphone = "missing";
  await act(async () => {
    d.clock.advance(60_000);
    await settle();
  });
  expect(screen.getByText("Không thấy micro")).toBeVisible();
  d.phone.microphone = "ready";
  await user.click(screen.getByRole("button", { name: "Kiểm tra lại" }));
  expect(await screen.findByText("Dùng được micro")).toBeVisible();
  act(() => d.phone.cut());
  expect(screen.getByText("Chưa nối với tổng đài")).toBeVisible();
});
