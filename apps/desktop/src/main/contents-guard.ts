import { app, type WebContents } from "electron";
import { warn } from "./log.ts";
import { mayNavigate } from "./navigation.ts";
import { openExternal } from "./open-external.ts";

interface Leaving {
  url: string;
  isMainFrame: boolean;
  preventDefault(): void;
}

/** Every page of the program passes here, those that nobody meant to open included. */
export function guardAllContents(ownOrigin: string): void {
  app.on("web-contents-created", (_event, contents) => guardContents(contents, ownOrigin));
  app.on("certificate-error", (event, _contents, _url, error, _certificate, answer) => {
    event.preventDefault();
    warn("certificate refused", error);
    answer(false);
  });
}

function guardContents(contents: WebContents, ownOrigin: string): void {
  const stay = (event: Leaving): void => {
    if (!mayNavigate(event, ownOrigin)) event.preventDefault();
  };
  contents.on("will-navigate", stay);
  contents.on("will-frame-navigate", stay);
  contents.on("will-redirect", stay);
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    // A link in a customer's mail: the system's browser is the place for it. Mail addresses are not
    // passed on from here, because a frame can ask for a window without being clicked.
    if (url.startsWith("https:")) void openExternal(url);
    return { action: "deny" };
  });
}
