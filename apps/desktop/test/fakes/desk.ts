import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { DesktopBridge } from "../../src/ipc-contract.ts";
import { type StartOptions, start } from "../../src/main/app.ts";
import { createBridge } from "../../src/preload/bridge.ts";
import { app, BrowserWindow, defaultSession, ipcRenderer, resetFakes } from "./electron.ts";

export interface Desk {
  dir: string;
  window: BrowserWindow;
  desktop: DesktopBridge;
}

export const icons = { idle: "idle.png", unread: "unread.png" };

const made: string[] = [];
afterAll(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function newUserData(): string {
  const dir = mkdtempSync(join(tmpdir(), "tongdai-desktop-"));
  made.push(dir);
  mkdirSync(join(dir, "renderer/assets"), { recursive: true });
  writeFileSync(join(dir, "renderer/index.html"), "<!doctype html>");
  writeFileSync(join(dir, "renderer/assets/app.js"), "export {};");
  writeFileSync(join(dir, "secret.txt"), "not for the page");
  return dir;
}

/** The whole shell on the fake, up to its loaded page, and the bridge that the page would see. */
export async function startDesk(options: Partial<StartOptions> = {}): Promise<Desk> {
  const desktop = createBridge(ipcRenderer);
  const dir = app.userData;
  await start({
    rendererRoot: join(dir, "renderer"),
    preload: "/opt/tongdai/preload.cjs",
    icons,
    argv: ["tongdai"],
    ...options,
  });
  const [window] = BrowserWindow.all;
  if (!window) throw new Error("no window was opened");
  await pageLoaded();
  return { dir, window, desktop };
}

export const freshMachine = (): void => resetFakes(newUserData());

export const pageLoaded = (): Promise<void> => new Promise((done) => setImmediate(done));

/** As the page would: what the browser engine gets for this address. */
export async function fetchPage(url: string, init?: RequestInit): Promise<Response> {
  const handler = defaultSession.schemes.get("app");
  if (!handler) throw new Error("net::ERR_UNKNOWN_URL_SCHEME");
  return handler(new Request(url, init));
}
