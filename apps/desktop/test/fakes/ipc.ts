import { EventEmitter } from "node:events";
import type * as E from "electron";

type Handler = Parameters<E.IpcMain["handle"]>[1];
type Listener = Parameters<E.IpcRenderer["on"]>[1];

export const handlers = new Map<string, Handler>();
export const ipcMain = {
  handle: (channel, handler) => {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
} satisfies Pick<E.IpcMain, "handle">;

export interface Frame {
  url: string;
  parent: Frame | null;
}
const ownPage: Frame = { url: "app://tongdai/", parent: null };

/** The wire between the processes: values are cloned, errors become their message. */
export const wire = { frame: ownPage as Frame | null, emitter: new EventEmitter() };

export const ipcRenderer: Pick<E.IpcRenderer, "invoke" | "on"> = {
  invoke: async (channel: string, ...args: unknown[]): Promise<unknown> => {
    const handler = handlers.get(channel);
    if (!handler) throw new Error(`Error invoking remote method '${channel}': No handler registered`);
    const event = { senderFrame: wire.frame } as E.IpcMainInvokeEvent;
    try {
      return structuredClone(await handler(event, ...structuredClone(args)));
    } catch (error) {
      throw new Error(`Error invoking remote method '${channel}': ${String(error)}`);
    }
  },
  on: (channel: string, listener: Listener) => {
    wire.emitter.on(channel, listener);
    return ipcRenderer as unknown as E.IpcRenderer;
  },
};

export const exposed = new Map<string, unknown>();
export const contextBridge = {
  exposeInMainWorld: (key, api) => {
    if (exposed.has(key))
      throw new Error("Cannot bind an API on top of an existing property on the window object");
    exposed.set(key, api);
  },
} satisfies Pick<E.ContextBridge, "exposeInMainWorld">;

export function resetWire(): void {
  handlers.clear();
  exposed.clear();
  wire.frame = ownPage;
  wire.emitter.removeAllListeners();
}
