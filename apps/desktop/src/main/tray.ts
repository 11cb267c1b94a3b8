import { app, Menu, nativeImage, Tray } from "electron";
import type { Messages } from "./messages.ts";

export interface TrayIcons {
  idle: string;
  unread: string;
}

export interface UnreadBadge {
  set(count: number): void;
}

export function createTray(icons: TrayIcons, text: Messages, show: () => void): UnreadBadge {
  const idle = nativeImage.createFromPath(icons.idle);
  const unread = nativeImage.createFromPath(icons.unread);
  const tray = new Tray(idle);
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: text.show, click: show },
      { label: text.quit, click: () => app.quit() },
    ]),
  );
  tray.on("click", show);
  const set = (count: number): void => {
    tray.setImage(count > 0 ? unread : idle);
    tray.setToolTip(text.unread(count));
    app.setBadgeCount(count);
  };
  set(0);
  return { set };
}
