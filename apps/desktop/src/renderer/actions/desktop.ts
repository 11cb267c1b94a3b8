import type { DesktopBridge } from "../../ipc-contract.ts";

declare global {
  interface Window {
    /** Only in the packaged client. */
    readonly desktop?: DesktopBridge;
  }
}

/** The way to the machine; `null` in a browser. */
export const desktopBridge = (): DesktopBridge | null => window.desktop ?? null;
