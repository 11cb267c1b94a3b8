import type { Session, WebContents } from "electron";
import { mayDownload, type Peers } from "./egress.ts";
import { safeFileName } from "./file-name.ts";

export interface Downloads {
  request(contents: WebContents, file: { url: string; name: string }): { started: boolean };
}

/** A page can start a download without asking anybody; only those asked for by IPC, once each, go through. */
export function guardDownloads(session: Session, peers: () => Peers): Downloads {
  const awaited = new Map<string, string>();
  session.on("will-download", (event, item) => {
    const url = item.getURLChain()[0] ?? item.getURL();
    const name = awaited.get(url);
    awaited.delete(url);
    if (name === undefined) event.preventDefault();
    else item.setSaveDialogOptions({ defaultPath: name });
  });
  return {
    request: (contents, { url, name }) => {
      if (!mayDownload(url, peers())) return { started: false };
      awaited.set(url, safeFileName(name));
      contents.downloadURL(url);
      return { started: true };
    },
  };
}
