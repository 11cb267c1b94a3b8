import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { freshMachine, startDesk } from "../../test/fakes/desk.ts";
import { app, exposed, ipcRenderer, keyring, outside, wire } from "../../test/fakes/electron.ts";
import type { DesktopBridge } from "../ipc-contract.ts";
import { createBridge } from "../preload/bridge.ts";
import { openTokenStore } from "./token-store.ts";

beforeEach(freshMachine);

const id = "0193e2a4-7d1c-7b6e-9f00-5a2b3c4d5e6f";

test("preload exposes one object of functions and nothing of Electron", async () => {
  await import("../preload/index.ts");
  expect([...exposed.keys()]).toEqual(["desktop"]);
  const bridge = exposed.get("desktop") as DesktopBridge;
  expect(Object.keys(bridge).sort()).toEqual([
    "clearToken",
    "download",
    "flashFrame",
    "getSettings",
    "getToken",
    "info",
    "notify",
    "onFindNumber",
    "onOpenConversation",
    "onPower",
    "openExternal",
    "setBadge",
    "setGatewayUrl",
    "setToken",
  ]);
  expect(Object.values(bridge).every((member) => typeof member === "function")).toBe(true);
});

test("a listener gets the payload, never the event, and its undo works", async () => {
  const { window, desktop } = await startDesk();
  const got: unknown[][] = [];
  const stop = desktop.onFindNumber((...args: unknown[]) => got.push(args));
  window.webContents.send("tongdai:event:findNumber", "113", "more");
  stop();
  window.webContents.send("tongdai:event:findNumber", "114");
  expect(got).toEqual([["113"]]);
});

test("an old link is not followed when the page comes late", () => {
  const desktop = createBridge(ipcRenderer);
  const found: string[] = [];
  vi.useFakeTimers();
  try {
    wire.emitter.emit("tongdai:event:findNumber", {}, "113");
    vi.advanceTimersByTime(60_000);
    desktop.onFindNumber((number) => found.push(number));
  } finally {
    vi.useRealTimers();
  }
  expect(found).toEqual([]);
});

test("what the page learns about the machine", async () => {
  const { desktop } = await startDesk();
  expect(await desktop.info()).toEqual({
    platform: process.platform,
    version: "1.2.3",
    tokenProtection: "keyring",
  });
  expect(await desktop.getSettings()).toEqual({ gatewayUrl: "http://127.0.0.1:4000", source: "default" });
});

test("another gateway: asked, saved, and the old session forgotten", async () => {
  const { desktop, dir } = await startDesk();
  await desktop.setToken("secret");
  expect(await desktop.setGatewayUrl("http://cc.example.vn")).toEqual({ ok: false, reason: "invalid" });
  expect(outside.dialogs).toEqual([]);
  expect(await desktop.setGatewayUrl("cc.example.vn")).toEqual({ ok: false, reason: "declined" });
  expect(await desktop.getToken()).toBe("secret");
  outside.answer = 1;
  expect(await desktop.setGatewayUrl("cc.example.vn")).toEqual({
    ok: true,
    gatewayUrl: "https://cc.example.vn",
  });
  expect(outside.dialogs.at(-1)?.message).toContain("https://cc.example.vn");
  expect(await desktop.getSettings()).toEqual({ gatewayUrl: "https://cc.example.vn", source: "saved" });
  expect(await desktop.getToken()).toBeNull();
  expect(existsSync(join(dir, "session.bin"))).toBe(false);
  expect(JSON.parse(readFileSync(join(dir, "settings.json"), "utf8"))).toEqual({
    gatewayUrl: "https://cc.example.vn",
  });
});

test("a managed machine keeps its gateway", async () => {
  outside.answer = 1;
  writeFileSync(join(app.userData, "settings.json"), '{"gatewayUrl":"https://typed.example.vn"}');
  const { desktop } = await startDesk({ gatewayUrl: "https://cc.example.vn/" });
  expect(await desktop.setGatewayUrl("https://evil.test")).toEqual({ ok: false, reason: "managed" });
  expect(await desktop.getSettings()).toEqual({ gatewayUrl: "https://cc.example.vn", source: "managed" });
});

test("a half-set managed gateway refuses to start with a sentence", async () => {
  await expect(startDesk({ gatewayUrl: "http://cc.example.vn" })).rejects.toThrow(
    "TONGDAI_GATEWAY_URL must be",
  );
});

test("a stored gateway that is not acceptable is not used", async () => {
  writeFileSync(join(app.userData, "settings.json"), '{"gatewayUrl":"http://evil.test"}');
  const { desktop } = await startDesk();
  expect(await desktop.getSettings()).toMatchObject({ source: "default" });
});

test("the session survives a restart, sealed on disk, and only for its own gateway", async () => {
  const file = join(app.userData, "session.bin");
  const { desktop } = await startDesk();
  expect(await desktop.setToken("secret")).toEqual({ persisted: true });
  expect(readFileSync(file).includes("secret")).toBe(false);
  const later = openTokenStore(file);
  expect(await later.get("http://127.0.0.1:4000")).toBe("secret");
  expect(await later.get("https://evil.test")).toBeNull();
  await desktop.clearToken();
  expect(existsSync(file)).toBe(false);
  expect(await openTokenStore(file).get("http://127.0.0.1:4000")).toBeNull();
});

test.each([
  ["basic_text", true],
  ["unknown", true],
  ["gnome_libsecret", false],
] as const)(
  "without a real keyring (%s) the session stays in memory and the page is told",
  async (backend, available) => {
    vi.spyOn(process, "platform", "get").mockReturnValue("linux");
    Object.assign(keyring, { backend, available });
    const { desktop, dir } = await startDesk();
    expect((await desktop.info()).tokenProtection).toBe("memory");
    expect(await desktop.setToken("secret")).toEqual({ persisted: false });
    expect(existsSync(join(dir, "session.bin"))).toBe(false);
    expect(await desktop.getToken()).toBe("secret");
    vi.restoreAllMocks();
  },
);

test.skipIf(process.platform === "win32")("other users of the machine cannot read what is kept", async () => {
  const { desktop, dir, window } = await startDesk();
  await desktop.setToken("secret");
  window.close();
  for (const name of ["session.bin", "window.json"]) {
    expect([name, statSync(join(dir, name)).mode & 0o777]).toEqual([name, 0o600]);
    expect(existsSync(join(dir, `${name}.next`))).toBe(false);
  }
});

test("a session that cannot be decrypted means signing in again", async () => {
  writeFileSync(join(app.userData, "session.bin"), "garbage");
  const { desktop } = await startDesk();
  expect(await desktop.getToken()).toBeNull();
});

test("signing out during a slow keyring write is not undone by it", async () => {
  const { desktop, dir } = await startDesk();
  await Promise.all([desktop.setToken("secret"), desktop.clearToken()]);
  expect(existsSync(join(dir, "session.bin"))).toBe(false);
  expect(await desktop.getToken()).toBeNull();
});

test("a notification is for a window that is not in front; its click opens the conversation", async () => {
  const { desktop, window } = await startDesk();
  const opened: string[] = [];
  desktop.onOpenConversation((conversation) => opened.push(conversation));
  window.focused = true;
  expect(await desktop.notify({ title: "Lan", body: "Chào" })).toEqual({ shown: false });
  window.focused = false;
  expect(await desktop.notify({ title: "Lan", body: "Chào", conversationId: id })).toEqual({ shown: true });
  expect(await desktop.notify({ title: "Lan", body: "Còn đó không", conversationId: id })).toEqual({
    shown: true,
  });
  const [first, second] = outside.notifications;
  expect([first?.shown, second?.shown]).toEqual([false, true]);
  second?.emit("click");
  expect(window.focused).toBe(true);
  expect(opened).toEqual([id]);
});

test("links leave by one door", async () => {
  const { desktop, window } = await startDesk();
  expect(await desktop.openExternal("https://example.vn/")).toEqual({ opened: true });
  expect(await desktop.openExternal("file:///C:/calc.exe")).toEqual({ opened: false });
  expect(await desktop.openExternal("javascript:alert(1)")).toEqual({ opened: false });
  expect(outside.opened).toEqual(["https://example.vn/"]);
  outside.openFails = true;
  expect(await desktop.openExternal("https://example.vn/")).toEqual({ opened: false });
  await desktop.flashFrame(true);
  expect(window.flashing).toBe(true);
});

test("English where the system speaks English", async () => {
  app.languages = ["en-US"];
  const { desktop } = await startDesk();
  await desktop.setBadge(2);
  expect(outside.trays[0]?.tooltip).toBe("Tongdai: 2 unread");
});
