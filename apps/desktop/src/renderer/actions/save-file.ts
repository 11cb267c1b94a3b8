import type { Client } from "./client.ts";

/** To the person's disk. */
export async function saveFile(client: Client, content: Blob, name: string): Promise<void> {
  const url = URL.createObjectURL(content);
  if (client.desktop) await client.desktop.download({ url, name });
  else {
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
  }
  // The browser reads it after the click.
  client.clock.after(60_000, () => URL.revokeObjectURL(url));
}
