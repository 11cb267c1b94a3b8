import { shell } from "electron";
import { parseExternalUrl } from "./external-url.ts";
import { warn } from "./log.ts";

/** The only caller of shell.openExternal. */
export async function openExternal(text: string): Promise<{ opened: boolean }> {
  const url = parseExternalUrl(text);
  if (!url) return { opened: false };
  try {
    await shell.openExternal(url);
    return { opened: true };
  } catch (error) {
    warn("the system did not open a link", error instanceof Error ? error.name : "unknown");
    return { opened: false };
  }
}
