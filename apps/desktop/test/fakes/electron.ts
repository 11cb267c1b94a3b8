/**
 * The one fake of the part of Electron that main and preload use; tests resolve "electron" to this file. Its
 * members are typed by the REAL declarations of the installed package, so a renamed or re-typed API breaks tsc,
 * and it throws where the real one throws.
 */
import { app, powerMonitor, privileged } from "./app.ts";
import { resetWire } from "./ipc.ts";
import { lifecycle } from "./lifecycle.ts";
import { resetParts } from "./parts.ts";
import { defaultSession } from "./session.ts";
import { BrowserWindow } from "./window.ts";

export { app, powerMonitor, privileged, protocol } from "./app.ts";
export {
  contextBridge,
  exposed,
  type Frame,
  handlers,
  ipcMain,
  ipcRenderer,
  wire,
} from "./ipc.ts";
export { Preventable } from "./lifecycle.ts";
export {
  dialog,
  keyring,
  Menu,
  Notification,
  nativeImage,
  outside,
  safeStorage,
  screen,
  shell,
  Tray,
} from "./parts.ts";
export { defaultSession, session } from "./session.ts";
export { BrowserWindow } from "./window.ts";

export function resetFakes(userData: string): void {
  lifecycle.ready = false;
  app.reset(userData);
  powerMonitor.removeAllListeners();
  privileged.length = 0;
  defaultSession.reset();
  resetWire();
  resetParts();
  BrowserWindow.all = [];
  BrowserWindow.loadFails = false;
}
