import { app, BrowserWindow, dialog, screen, type WebPreferences } from "electron";
import { readJson, writeJson } from "./json-file.ts";
import { warn } from "./log.ts";
import { addContextMenu } from "./menus.ts";
import type { Messages } from "./messages.ts";
import {
  defaultWindowState,
  MIN_HEIGHT,
  MIN_WIDTH,
  restoreWindow,
  type WindowState,
  windowStateSchema,
} from "./window-state.ts";

const SAVE_AFTER_MS = 500;
const CRASH_LOOP_MS = 10_000;

export interface MainWindowOptions {
  url: string;
  preload: string;
  stateFile: string;
  text: Messages;
}

/** Several of these are defaults, written down so that a test notices when one changes. */
const webPreferences = (preload: string): WebPreferences => ({
  preload,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  // The spelling dictionaries would be fetched from a third party.
  spellcheck: false,
  // A minimised softphone must keep its timers, and a ring sounds before the first click.
  backgroundThrottling: false,
  autoplayPolicy: "no-user-gesture-required",
  devTools: !app.isPackaged,
});

export function createMainWindow(o: MainWindowOptions): BrowserWindow {
  const state = storedState(o.stateFile);
  const { maximised, x, y, width, height } = state;
  const window = new BrowserWindow({
    width,
    height,
    ...(x !== undefined && y !== undefined ? { x, y } : {}),
    minWidth: Math.min(MIN_WIDTH, width),
    minHeight: Math.min(MIN_HEIGHT, height),
    show: false,
    title: "Tongdai",
    webPreferences: webPreferences(o.preload),
  });
  if (maximised) window.maximize();
  window.once("ready-to-show", () => window.show());
  keepState(window, o.stateFile);
  askBeforeLeaving(window, o.text);
  reloadAfterCrash(window);
  addContextMenu(window.webContents, o.text);
  window.loadURL(o.url).catch((error: unknown) => {
    warn("the client page did not load", error);
    if (!window.isDestroyed()) window.show();
  });
  return window;
}

function storedState(file: string): WindowState {
  const stored = readJson(file, windowStateSchema) ?? defaultWindowState;
  const areas = screen.getAllDisplays().map((display) => display.workArea);
  return restoreWindow(stored, areas);
}

function keepState(window: BrowserWindow, file: string): void {
  let timer: NodeJS.Timeout | undefined;
  const save = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const { x, y, width, height } = window.getNormalBounds();
    const state: WindowState = { x, y, width, height, maximised: window.isMaximized() };
    try {
      writeJson(file, state);
    } catch (error) {
      warn("the window's place was not saved", error);
    }
  };
  const soon = (): void => {
    timer ??= setTimeout(save, SAVE_AFTER_MS);
  };
  window.on("resize", soon);
  window.on("move", soon);
  window.on("close", save);
  window.on("closed", () => clearTimeout(timer));
}

/** The page objects (by `beforeunload`) while a call is up; Electron would then just not close. */
function askBeforeLeaving(window: BrowserWindow, text: Messages): void {
  window.webContents.on("will-prevent-unload", (event) => {
    const answer = dialog.showMessageBoxSync(window, {
      type: "question",
      message: text.leave,
      detail: text.leaveDetail,
      buttons: [text.stay, text.quit],
      defaultId: 0,
      cancelId: 0,
    });
    if (answer === 1) event.preventDefault();
  });
}

function reloadAfterCrash(window: BrowserWindow): void {
  let last = Number.NEGATIVE_INFINITY;
  window.webContents.on("render-process-gone", (_event, { reason }) => {
    warn("the client page ended", reason);
    const now = performance.now();
    if (reason !== "clean-exit" && now - last > CRASH_LOOP_MS) window.webContents.reload();
    last = now;
  });
}
