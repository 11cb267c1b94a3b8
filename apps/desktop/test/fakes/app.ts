import { EventEmitter } from "node:events";
import type * as E from "electron";
import { lifecycle, needsNotReady } from "./lifecycle.ts";

class FakeApp extends EventEmitter {
  lock = true;
  quits = 0;
  badge = 0;
  sandboxed = false;
  isPackaged = false;
  languages = ["vi-VN"];
  userData = "";
  protocolClients: string[] = [];
  requestSingleInstanceLock: E.App["requestSingleInstanceLock"] = () => this.lock;
  whenReady: E.App["whenReady"] = async () => {
    lifecycle.ready = true;
  };
  enableSandbox: E.App["enableSandbox"] = () => {
    needsNotReady("app.enableSandbox() called");
    this.sandboxed = true;
  };
  quit: E.App["quit"] = () => {
    this.quits++;
  };
  getVersion: E.App["getVersion"] = () => "1.2.3";
  getPath: E.App["getPath"] = (name) => {
    if (name !== "userData") throw new Error(`Failed to get '${name}' path`);
    return this.userData;
  };
  getPreferredSystemLanguages: E.App["getPreferredSystemLanguages"] = () => this.languages;
  setBadgeCount: E.App["setBadgeCount"] = (count) => {
    this.badge = count ?? 0;
    return true;
  };
  setAsDefaultProtocolClient: E.App["setAsDefaultProtocolClient"] = (scheme) => {
    this.protocolClients.push(scheme);
    return true;
  };
  reset(userData: string): void {
    this.removeAllListeners();
    Object.assign(this, { lock: true, quits: 0, badge: 0, sandboxed: false, isPackaged: false });
    Object.assign(this, { languages: ["vi-VN"], protocolClients: [], userData });
  }
}

export const app = new FakeApp() satisfies Pick<
  E.App,
  | "enableSandbox"
  | "getPath"
  | "getPreferredSystemLanguages"
  | "getVersion"
  | "isPackaged"
  | "quit"
  | "requestSingleInstanceLock"
  | "setAsDefaultProtocolClient"
  | "setBadgeCount"
  | "whenReady"
>;

export const privileged: E.CustomScheme[] = [];
export const protocol = {
  registerSchemesAsPrivileged: (schemes) => {
    needsNotReady("protocol.registerSchemesAsPrivileged called");
    privileged.push(...schemes);
  },
} satisfies Pick<E.Protocol, "registerSchemesAsPrivileged">;

export const powerMonitor = new EventEmitter();
