import type { BrowserWindow } from "electron";
import type { EventName, EventPayload } from "../ipc-contract.ts";
import type { DeepLink } from "./deep-link.ts";
import { emit } from "./ipc.ts";

export interface Front {
  window(): BrowserWindow | undefined;
  /** In front of the person, opened again if it was closed. */
  show(): BrowserWindow;
  send<K extends EventName>(name: K, payload: EventPayload<K>): void;
  follow(link: DeepLink): void;
}

/** The one window, and what waits for its page: a link may start the program before there is a page. */
export function createFront(open: () => BrowserWindow): Front {
  let current: BrowserWindow | undefined;
  let loaded = false;
  let visible = false;
  let waiting: Array<(window: BrowserWindow) => void> = [];

  const opened = (): BrowserWindow => {
    if (current) return current;
    const window = open();
    current = window;
    // Committed, not merely begun: a refused navigation leaves the page as it is.
    window.webContents.on("did-navigate", () => {
      loaded = false;
    });
    window.webContents.on("render-process-gone", () => {
      loaded = false;
    });
    window.once("show", () => {
      visible = true;
    });
    window.webContents.on("did-finish-load", () => {
      loaded = true;
      const due = waiting;
      waiting = [];
      for (const deliver of due) deliver(window);
    });
    window.on("closed", () => {
      current = undefined;
      loaded = false;
      visible = false;
    });
    return window;
  };

  const front: Front = {
    window: () => current,
    show: () => {
      const window = opened();
      // A new window shows itself when it has something to show.
      if (!visible) return window;
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
      return window;
    },
    send: (name, payload) => {
      const deliver = (window: BrowserWindow): void => emit(window.webContents, name, payload);
      if (current && loaded) deliver(current);
      else waiting.push(deliver);
    },
    follow: (link) => {
      front.show();
      if (link.kind === "conversation") front.send("openConversation", link.id);
      else front.send("findNumber", link.number);
    },
  };
  return front;
}
