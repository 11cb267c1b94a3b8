import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { freshMachine, icons, pageLoaded, startDesk } from "../../test/fakes/desk.ts";
import { app, BrowserWindow, Menu, outside, Preventable, powerMonitor } from "../../test/fakes/electron.ts";
import { start } from "./app.ts";

beforeEach(freshMachine);

const id = "0193e2a4-7d1c-7b6e-9f00-5a2b3c4d5e6f";
const link = `tongdai://conversation/${id}`;

test("a second program hands over and ends", async () => {
  app.lock = false;
  await start({ rendererRoot: "/r", preload: "/p", icons, argv: ["tongdai", link] });
  expect(app.quits).toBe(1);
  expect(BrowserWindow.all).toEqual([]);
});

test("a second instance brings the window forward and its link becomes an id", async () => {
  const { window, desktop } = await startDesk();
  const opened: string[] = [];
  const numbers: string[] = [];
  desktop.onOpenConversation((conversation) => opened.push(conversation));
  desktop.onFindNumber((number) => numbers.push(number));
  window.minimised = true;
  app.emit("second-instance", {}, ["tongdai", "--some-switch", link], "/");
  expect(window.minimised).toBe(false);
  expect(window.focusCount).toBe(1);
  app.emit("second-instance", {}, ["tongdai", "tel:+84 901 234 567"], "/");
  app.emit("second-instance", {}, ["tongdai", "tongdai://conversation/../../etc"], "/");
  expect(opened).toEqual([id]);
  expect(numbers).toEqual(["+84901234567"]);
  expect(window.focusCount).toBe(3);
  expect([BrowserWindow.all.length, window.loaded]).toEqual([1, "app://tongdai/"]);
});

test("a link that starts the program waits for the page", async () => {
  const { desktop } = await startDesk({ argv: ["tongdai", link] });
  const opened: string[] = [];
  desktop.onOpenConversation((conversation) => opened.push(conversation));
  expect(opened).toEqual([id]);
});

test("macOS hands links over by an event, before or after the start", async () => {
  const early = start({ rendererRoot: "/r", preload: "/p", icons, argv: [] });
  const event = new Preventable();
  app.emit("open-url", event, "tel:113");
  await early;
  await pageLoaded();
  expect(event.defaultPrevented).toBe(true);
  const sent = vi.spyOn(BrowserWindow.all[0]?.webContents as BrowserWindow["webContents"], "send");
  app.emit("open-url", new Preventable(), "tel:114");
  expect(sent.mock.calls).toEqual([["tongdai:event:findNumber", "114"]]);
});

test("only our own scheme is claimed at run time, and only once installed", async () => {
  await startDesk();
  expect(app.protocolClients).toEqual([]);
  freshMachine();
  app.isPackaged = true;
  await startDesk();
  expect(app.protocolClients).toEqual(["tongdai"]);
});

test("the window appears with its page, or with an error rather than not at all", async () => {
  expect((await startDesk()).window.visible).toBe(true);
  freshMachine();
  BrowserWindow.loadFails = true;
  expect((await startDesk()).window.visible).toBe(true);
});

test("the window comes back where it was left", async () => {
  const { window, dir } = await startDesk();
  expect(window.options).toMatchObject({ width: 1440, height: 900, show: false });
  expect(window.options).not.toHaveProperty("x");
  window.bounds = { x: 100, y: 50, width: 1300, height: 800 };
  window.maximised = true;
  window.close();
  expect(JSON.parse(readFileSync(join(dir, "window.json"), "utf8"))).toEqual({
    ...window.bounds,
    maximised: true,
  });
  app.emit("activate");
  const again = BrowserWindow.all[1];
  expect(again?.options).toMatchObject({ x: 100, y: 50, width: 1300, height: 800 });
  expect(again?.maximised).toBe(true);
});

test("it is kept soon after a move too, for the day the power fails", async () => {
  const { window, dir } = await startDesk();
  vi.useFakeTimers();
  try {
    window.bounds = { x: 7, y: 8, width: 1300, height: 800 };
    window.emit("move");
    vi.advanceTimersByTime(1000);
  } finally {
    vi.useRealTimers();
  }
  expect(JSON.parse(readFileSync(join(dir, "window.json"), "utf8"))).toMatchObject({ x: 7, y: 8 });
});

test.each(["{", '{"width":"wide"}', '{"x":0,"y":0,"width":1e9,"height":1,"maximised":false}', "null"])(
  "a spoilt window.json is no reason not to start: %s",
  async (text) => {
    writeFileSync(join(app.userData, "window.json"), text);
    const { window } = await startDesk();
    expect(window.options).toMatchObject({ width: 1440, height: 900 });
  },
);

test("a closed window ends the program, except on macOS", async () => {
  await startDesk();
  const platform = vi.spyOn(process, "platform", "get");
  platform.mockReturnValue("darwin");
  app.emit("window-all-closed");
  expect(app.quits).toBe(0);
  platform.mockReturnValue("win32");
  app.emit("window-all-closed");
  expect(app.quits).toBe(1);
  platform.mockRestore();
});

test("a page that objects to closing is closed only if the person says so", async () => {
  const { window } = await startDesk();
  const asked = (): boolean => {
    const event = new Preventable();
    window.webContents.emit("will-prevent-unload", event);
    return event.defaultPrevented;
  };
  expect(asked()).toBe(false);
  outside.answer = 1;
  expect(asked()).toBe(true);
  expect(outside.dialogs[0]?.message).toBe("Rời khỏi Tongdai?");
});

test("a crashed page is loaded again, once", async () => {
  const { window } = await startDesk();
  window.webContents.emit("render-process-gone", {}, { reason: "crashed" });
  window.webContents.emit("render-process-gone", {}, { reason: "crashed" });
  expect(window.webContents.reloads).toBe(1);
});

test("links wait while the page is loading again", async () => {
  const { window, desktop } = await startDesk();
  const opened: string[] = [];
  desktop.onOpenConversation((conversation) => opened.push(conversation));
  window.webContents.emit("did-navigate");
  app.emit("second-instance", {}, ["tongdai", link], "/");
  expect(opened).toEqual([]);
  window.webContents.emit("did-finish-load");
  expect(opened).toEqual([id]);
});

test("the tray and the badge count what is unread", async () => {
  const { desktop, window } = await startDesk();
  const [tray] = outside.trays;
  expect(tray).toMatchObject({ image: { path: "idle.png" }, tooltip: "Tongdai" });
  await desktop.setBadge(4);
  expect(tray).toMatchObject({ image: { path: "unread.png" }, tooltip: "Tongdai: 4 việc chưa đọc" });
  expect(app.badge).toBe(4);
  await desktop.setBadge(0);
  expect(tray).toMatchObject({ image: { path: "idle.png" } });
  expect(app.badge).toBe(0);
  tray?.emit("click");
  expect(window.focused).toBe(true);
});

test("power events reach the page", async () => {
  const { desktop } = await startDesk();
  const seen: string[] = [];
  desktop.onPower((state) => seen.push(state));
  for (const name of ["suspend", "resume", "lock-screen", "unlock-screen"]) powerMonitor.emit(name);
  expect(seen).toEqual(["suspend", "resume", "lock", "unlock"]);
});

test("outside macOS the installed program has no menu bar, and text fields have their menu", async () => {
  app.isPackaged = true;
  const { window } = await startDesk();
  expect(Menu.applicationMenu).toBeNull();
  const editFlags = { canCut: true, canCopy: true, canPaste: true, canSelectAll: true };
  window.webContents.emit("context-menu", {}, { editFlags, isEditable: true, selectionText: "" });
  expect(outside.menus.at(-1)?.map((item) => item.label)).toEqual(["Cắt", "Sao chép", "Dán", "Chọn tất cả"]);
  const before = outside.menus.length;
  window.webContents.emit("context-menu", {}, { editFlags, isEditable: false, selectionText: "" });
  expect(outside.menus.length).toBe(before);
});
