import type { Client } from "../actions/client.ts";

/** To the person's disk: by the desktop's own dialog, else as a browser downloads. */
export async function saveFile(client: Client, mediaId: string, name: string): Promise<void> {
  const url = await client.media.url(mediaId, "full");
  if (client.desktop) {
    await client.desktop.download({ url, name: name || mediaId });
    return;
  }
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
}
