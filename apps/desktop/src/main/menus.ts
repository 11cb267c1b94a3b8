import { app, Menu, type MenuItemConstructorOptions, type WebContents } from "electron";
import type { Messages } from "./messages.ts";

/** macOS has its editing keys in the menu only; elsewhere the bar would just take a row of the screen. */
export function setApplicationMenu(): void {
  const mac: MenuItemConstructorOptions[] = [
    { role: "appMenu" },
    { role: "editMenu" },
    { role: "windowMenu" },
  ];
  const dev: MenuItemConstructorOptions[] = app.isPackaged ? [] : [{ role: "viewMenu" }];
  const items = [...(process.platform === "darwin" ? mac : []), ...dev];
  Menu.setApplicationMenu(items.length > 0 ? Menu.buildFromTemplate(items) : null);
}

export function addContextMenu(contents: WebContents, text: Messages): void {
  contents.on("context-menu", (_event, { editFlags, isEditable, selectionText }) => {
    const edit: MenuItemConstructorOptions[] = [
      { role: "cut", label: text.cut, enabled: editFlags.canCut },
      { role: "copy", label: text.copy, enabled: editFlags.canCopy },
      { role: "paste", label: text.paste, enabled: editFlags.canPaste },
      { role: "selectAll", label: text.selectAll, enabled: editFlags.canSelectAll },
    ];
    const items = isEditable ? edit : edit.filter(({ role }) => role === "copy" && selectionText !== "");
    if (items.length > 0) Menu.buildFromTemplate(items).popup();
  });
}
