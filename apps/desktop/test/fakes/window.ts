import { EventEmitter } from "node:events";
import type * as E from "electron";
import { app } from "./app.ts";
import { wire } from "./ipc.ts";
import { needsReady, Preventable } from "./lifecycle.ts";
import { defaultSession } from "./session.ts";

export interface FakeDownload {
  url: string;
  cancelled: boolean;
  dialog: E.SaveDialogOptions | undefined;
}

export class FakeWebContents extends EventEmitter {
  openHandler: Parameters<E.WebContents["setWindowOpenHandler"]>[0] | undefined;
  readonly downloads: FakeDownload[] = [];
  reloads = 0;
  destroyed = false;
  send: E.WebContents["send"] = (channel, ...args) => {
    if (this.destroyed) throw new TypeError("Object has been destroyed");
    wire.emitter.emit(channel, { sender: "the whole of ipcRenderer", ports: [] }, ...structuredClone(args));
  };
  setWindowOpenHandler: E.WebContents["setWindowOpenHandler"] = (handler) => {
    this.openHandler = handler;
  };
  reload: E.WebContents["reload"] = () => {
    this.reloads++;
  };
  downloadURL: E.WebContents["downloadURL"] = (url) => {
    const download: FakeDownload = { url, cancelled: false, dialog: undefined };
    const item = {
      getURL: () => url,
      getURLChain: () => [url],
      setSaveDialogOptions: (options) => {
        download.dialog = options;
      },
    } satisfies Pick<E.DownloadItem, "getURL" | "getURLChain" | "setSaveDialogOptions">;
    const event = new Preventable();
    defaultSession.emit("will-download", event, item, this);
    download.cancelled = event.defaultPrevented;
    this.downloads.push(download);
  };
}

/** Like the real one, it announces its contents before the constructor returns. */
export class BrowserWindow extends EventEmitter {
  static all: BrowserWindow[] = [];
  static loadFails = false;
  readonly webContents = new FakeWebContents();
  readonly options: E.BrowserWindowConstructorOptions;
  loaded: string | undefined;
  visible = false;
  focused = false;
  focusCount = 0;
  minimised = false;
  maximised = false;
  flashing = false;
  bounds: E.Rectangle;

  constructor(options: E.BrowserWindowConstructorOptions = {}) {
    super();
    needsReady("Cannot create BrowserWindow");
    this.options = options;
    const { x = 10, y = 20, width = 800, height = 600 } = options;
    this.bounds = { x, y, width, height };
    BrowserWindow.all.push(this);
    app.emit("web-contents-created", {}, this.webContents);
  }
  loadURL: E.BrowserWindow["loadURL"] = async (url) => {
    this.loaded = url;
    await Promise.resolve();
    if (BrowserWindow.loadFails) throw new Error("ERR_CONNECTION_REFUSED (-102) loading the page");
    this.webContents.emit("did-navigate");
    this.emit("ready-to-show");
    this.webContents.emit("did-finish-load");
  };
  show: E.BrowserWindow["show"] = () => {
    this.visible = true;
    this.emit("show");
  };
  focus: E.BrowserWindow["focus"] = () => {
    this.focused = true;
    this.focusCount++;
  };
  isFocused: E.BrowserWindow["isFocused"] = () => this.focused;
  isDestroyed: E.BrowserWindow["isDestroyed"] = () => this.webContents.destroyed;
  isMinimized: E.BrowserWindow["isMinimized"] = () => this.minimised;
  isMaximized: E.BrowserWindow["isMaximized"] = () => this.maximised;
  maximize: E.BrowserWindow["maximize"] = () => {
    this.maximised = true;
  };
  restore: E.BrowserWindow["restore"] = () => {
    this.minimised = false;
  };
  flashFrame: E.BrowserWindow["flashFrame"] = (on) => {
    this.flashing = on;
  };
  getNormalBounds: E.BrowserWindow["getNormalBounds"] = () => this.bounds;
  close: E.BrowserWindow["close"] = () => {
    this.emit("close", new Preventable());
    this.webContents.destroyed = true;
    this.emit("closed");
  };
}
