import type { DesktopBridge, EventPayload } from "../../src/ipc-contract.ts";

/** The machine around the packaged client, as far as the page asks for it. */
export function fakeDesktop() {
  const numbers = new Set<(number: EventPayload<"findNumber">) => void>();
  const opened: string[] = [];
  const bridge: DesktopBridge = {
    info: async () => ({ platform: "linux", version: "0.0.0", tokenProtection: "memory" }),
    getSettings: async () => ({ gatewayUrl: "http://127.0.0.1:4000", source: "default" }),
    setGatewayUrl: async () => ({ ok: false, reason: "declined" }),
    getToken: async () => null,
    setToken: async () => ({ persisted: false }),
    clearToken: async () => undefined,
    notify: async () => ({ shown: false }),
    setBadge: async () => undefined,
    flashFrame: async () => undefined,
    openExternal: async (url) => {
      opened.push(url);
      return { opened: true };
    },
    download: async () => ({ started: false }),
    onOpenConversation: () => () => {},
    onFindNumber: (listener) => {
      numbers.add(listener);
      return () => void numbers.delete(listener);
    },
    onPower: () => () => {},
  };
  return {
    bridge,
    /** What was handed to the system's browser. */
    opened,
    findNumber: (number: string): void => {
      for (const listener of numbers) listener(number);
    },
  };
}
