import { EventEmitter } from "node:events";
import type * as E from "electron";
import { lifecycle, needsReady } from "./lifecycle.ts";

/** What the person sees and answers, outside the window. */
export const outside = {
  opened: [] as string[],
  openFails: false,
  dialogs: [] as E.MessageBoxOptions[],
  answer: 0,
  notifications: [] as Notification[],
  trays: [] as Tray[],
  menus: [] as Array<Array<E.MenuItemConstructorOptions | E.MenuItem>>,
  displays: [] as E.Rectangle[],
};

export const shell = {
  openExternal: async (url) => {
    if (outside.openFails) throw new Error("Failed to open: no application");
    outside.opened.push(url);
  },
} satisfies Pick<E.Shell, "openExternal">;

export const dialog = {
  showMessageBox: async (_window: unknown, options?: E.MessageBoxOptions) => {
    if (options) outside.dialogs.push(options);
    return { response: outside.answer, checkboxChecked: false } satisfies E.MessageBoxReturnValue;
  },
  showMessageBoxSync: (_window: unknown, options?: E.MessageBoxSyncOptions) => {
    if (options) outside.dialogs.push(options);
    return outside.answer;
  },
};

export class Notification extends EventEmitter {
  readonly options: E.NotificationConstructorOptions;
  shown = false;
  constructor(options: E.NotificationConstructorOptions = {}) {
    super();
    needsReady("Cannot create Notification");
    this.options = options;
    outside.notifications.push(this);
  }
  show: E.Notification["show"] = () => {
    this.shown = true;
  };
  close: E.Notification["close"] = () => {
    this.shown = false;
    this.emit("close");
  };
}

export class Tray extends EventEmitter {
  image: unknown;
  tooltip = "";
  constructor(image: E.NativeImage | string) {
    super();
    needsReady("Cannot create Tray");
    this.image = image;
    outside.trays.push(this);
  }
  setImage: E.Tray["setImage"] = (image) => {
    this.image = image;
  };
  setToolTip: E.Tray["setToolTip"] = (text) => {
    this.tooltip = text;
  };
  setContextMenu: E.Tray["setContextMenu"] = () => {};
}

export const nativeImage = { createFromPath: (path: string) => ({ path }) };

export const Menu = {
  applicationMenu: undefined as unknown,
  buildFromTemplate: (items: Array<E.MenuItemConstructorOptions | E.MenuItem>) => {
    outside.menus.push(items);
    return { popup: () => {} };
  },
  setApplicationMenu: (menu: unknown) => {
    Menu.applicationMenu = menu;
  },
};

export const screen = {
  getAllDisplays: () => {
    needsReady("The 'screen' module can't be used");
    return outside.displays.map((workArea) => ({ workArea }) as E.Display);
  },
} satisfies Pick<E.Screen, "getAllDisplays">;

export const keyring = {
  available: true,
  backend: "gnome_libsecret" as ReturnType<E.SafeStorage["getSelectedStorageBackend"]>,
};
const sealed = Buffer.from("sealed:");

export const safeStorage = {
  isAsyncEncryptionAvailable: async () => lifecycle.ready && keyring.available,
  getSelectedStorageBackend: () => (lifecycle.ready ? keyring.backend : "unknown"),
  encryptStringAsync: async (text) => {
    if (!lifecycle.ready || !keyring.available) throw new Error("Encryption is not available.");
    return Buffer.concat([sealed, Buffer.from(text).map((byte) => byte ^ 0x5a)]);
  },
  decryptStringAsync: async (bytes) => {
    if (!lifecycle.ready || !keyring.available) throw new Error("Decryption is not available.");
    if (!bytes.subarray(0, sealed.length).equals(sealed))
      throw new Error("Ciphertext does not appear to be encrypted.");
    const result = Buffer.from(bytes.subarray(sealed.length).map((byte) => byte ^ 0x5a)).toString();
    return { result, shouldReEncrypt: false };
  },
} satisfies Pick<
  E.SafeStorage,
  "decryptStringAsync" | "encryptStringAsync" | "getSelectedStorageBackend" | "isAsyncEncryptionAvailable"
>;

export function resetParts(): void {
  Object.assign(outside, {
    opened: [],
    openFails: false,
    dialogs: [],
    answer: 0,
    notifications: [],
    trays: [],
  });
  Object.assign(outside, { menus: [], displays: [{ x: 0, y: 0, width: 1920, height: 1040 }] });
  Object.assign(keyring, { available: true, backend: "gnome_libsecret" });
  Menu.applicationMenu = undefined;
}
