import { app, dialog } from "electron";
import type { CallResult } from "../ipc-contract.ts";
import type { Downloads } from "./downloads.ts";
import type { Front } from "./front.ts";
import { parseGatewayUrl } from "./gateway-url.ts";
import type { Handlers } from "./ipc.ts";
import type { Messages } from "./messages.ts";
import type { Notice } from "./notifications.ts";
import { openExternal } from "./open-external.ts";
import type { Settings } from "./settings.ts";
import type { TokenStore } from "./token-store.ts";
import type { UnreadBadge } from "./tray.ts";

export interface Parts {
  settings: Settings;
  tokens: TokenStore;
  downloads: Downloads;
  front: Front;
  badge: UnreadBadge;
  notify: (notice: Notice) => void;
  text: Messages;
}

export function createHandlers(parts: Parts): Handlers {
  const { settings, tokens, front } = parts;
  const gatewayUrl = (): string => settings.gateway().gatewayUrl;
  return {
    info: async () => ({
      platform: process.platform,
      version: app.getVersion(),
      tokenProtection: await tokens.protection(),
    }),
    getSettings: () => settings.gateway(),
    setGatewayUrl: (text) => changeGateway(parts, text),
    getToken: () => tokens.get(gatewayUrl()),
    setToken: (token) => tokens.set({ gatewayUrl: gatewayUrl(), token }),
    clearToken: async () => {
      await tokens.clear();
      return undefined;
    },
    notify: (notice) => {
      if (front.window()?.isFocused()) return { shown: false };
      parts.notify(notice);
      return { shown: true };
    },
    setBadge: (count) => {
      parts.badge.set(count);
      return undefined;
    },
    flashFrame: (on) => {
      front.window()?.flashFrame(on);
      return undefined;
    },
    openExternal,
    download: (file) => {
      const contents = front.window()?.webContents;
      return contents ? parts.downloads.request(contents, file) : { started: false };
    },
  };
}

/**
 * The person confirms in a dialog that the page cannot draw or press: whoever has taken over the page
 * could otherwise send what agents type to a server of his own.
 */
async function changeGateway(
  { settings, tokens, front, text }: Parts,
  typed: string,
): Promise<CallResult<"setGatewayUrl">> {
  const { gatewayUrl, source } = settings.gateway();
  if (source === "managed") return { ok: false, reason: "managed" };
  const url = parseGatewayUrl(typed);
  if (!url) return { ok: false, reason: "invalid" };
  if (url === gatewayUrl) return { ok: true, gatewayUrl };
  const { response } = await dialog.showMessageBox(front.show(), {
    type: "warning",
    message: text.changeGateway(url),
    detail: text.changeGatewayDetail,
    buttons: [text.cancel, text.connect],
    defaultId: 0,
    cancelId: 0,
  });
  if (response !== 1) return { ok: false, reason: "declined" };
  await tokens.clear();
  settings.saveGateway(url);
  return { ok: true, gatewayUrl: url };
}
