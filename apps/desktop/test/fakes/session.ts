import { EventEmitter } from "node:events";
import type * as E from "electron";
import { lifecycle } from "./lifecycle.ts";

type Handler<K extends keyof E.Session> = E.Session[K] extends (...args: infer A) => unknown ? A[0] : never;
type BeforeRequest = (
  details: E.OnBeforeRequestListenerDetails,
  answer: (response: E.CallbackResponse) => void,
) => void;

class FakeSession extends EventEmitter {
  permissionRequest: Handler<"setPermissionRequestHandler"> = null;
  permissionCheck: Handler<"setPermissionCheckHandler"> = null;
  devicePermission: Handler<"setDevicePermissionHandler"> = null;
  displayMedia: Handler<"setDisplayMediaRequestHandler"> = null;
  beforeRequest: BeforeRequest | undefined;
  readonly schemes = new Map<string, (request: Request) => Response | Promise<Response>>();

  setPermissionRequestHandler: E.Session["setPermissionRequestHandler"] = (handler) => {
    this.permissionRequest = handler;
  };
  setPermissionCheckHandler: E.Session["setPermissionCheckHandler"] = (handler) => {
    this.permissionCheck = handler;
  };
  setDevicePermissionHandler: E.Session["setDevicePermissionHandler"] = (handler) => {
    this.devicePermission = handler;
  };
  setDisplayMediaRequestHandler: E.Session["setDisplayMediaRequestHandler"] = (handler) => {
    this.displayMedia = handler;
  };
  readonly webRequest = {
    onBeforeRequest: (listener: BeforeRequest): void => {
      this.beforeRequest = listener;
    },
  };
  readonly protocol = {
    handle: (scheme, handler) => {
      if (this.schemes.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
      this.schemes.set(scheme, handler);
    },
  } satisfies Pick<E.Protocol, "handle">;

  reset(): void {
    this.removeAllListeners();
    this.schemes.clear();
    this.permissionRequest = this.permissionCheck = this.devicePermission = this.displayMedia = null;
    this.beforeRequest = undefined;
  }
}

export const defaultSession = new FakeSession() satisfies Pick<
  E.Session,
  | "setDevicePermissionHandler"
  | "setDisplayMediaRequestHandler"
  | "setPermissionCheckHandler"
  | "setPermissionRequestHandler"
>;

export const session = {
  get defaultSession() {
    if (!lifecycle.ready) throw new Error("Session can only be received when app is ready");
    return defaultSession;
  },
};
