import { join } from "node:path";
import { app, powerMonitor, session } from "electron";
import { registerAppScheme, serveRenderer } from "./app-scheme.ts";
import { createHandlers } from "./calls.ts";
import { guardAllContents } from "./contents-guard.ts";
import { findDeepLink, parseDeepLink } from "./deep-link.ts";
import { guardDownloads } from "./downloads.ts";
import { createFront, type Front } from "./front.ts";
import { registerHandlers } from "./ipc.ts";
import { createMainWindow } from "./main-window.ts";
import { setApplicationMenu } from "./menus.ts";
import { messagesFor } from "./messages.ts";
import { createNotifier } from "./notifications.ts";
import { APP_ORIGIN } from "./origin.ts";
import { guardSession } from "./session-guard.ts";
import { openSettings } from "./settings.ts";
import { openTokenStore } from "./token-store.ts";
import { createTray, type TrayIcons } from "./tray.ts";

export interface StartOptions {
  rendererRoot: string;
  preload: string;
  icons: TrayIcons;
  argv: readonly string[];
  /** Set by whoever manages this machine. */
  gatewayUrl?: string | undefined;
  /** The development server's origin; never in a packaged program. */
  devOrigin?: string | undefined;
}

export async function start(o: StartOptions): Promise<void> {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  registerAppScheme();
  const ownOrigin = o.devOrigin ?? APP_ORIGIN;
  guardAllContents(ownOrigin);
  const text = messagesFor(app.getPreferredSystemLanguages()[0] ?? "");
  const front = createFront(() =>
    createMainWindow({
      url: `${ownOrigin}/`,
      preload: o.preload,
      stateFile: join(app.getPath("userData"), "window.json"),
      text,
    }),
  );
  const links = listenForLinks(front, o.argv);
  await app.whenReady();

  const settings = openSettings(join(app.getPath("userData"), "settings.json"), o.gatewayUrl);
  const gatewayUrl = (): string => settings.gateway().gatewayUrl;
  const peers = () => ({ ownOrigin, gatewayOrigin: gatewayUrl() });
  guardSession(session.defaultSession, { ownOrigin, peers, devTools: !app.isPackaged });
  serveRenderer(session.defaultSession, { root: o.rendererRoot, gatewayUrl });
  const parts = {
    settings,
    tokens: openTokenStore(join(app.getPath("userData"), "session.bin")),
    downloads: guardDownloads(session.defaultSession, peers),
    badge: createTray(o.icons, text, () => front.show()),
    notify: createNotifier((id) => {
      front.show();
      if (id) front.send("openConversation", id);
    }),
    front,
    text,
  };
  registerHandlers(createHandlers(parts), ownOrigin);
  setApplicationMenu();
  listenForPower(front);
  front.show();
  links.flow();
}

/** Links that come before the app is ready wait; the last one is what the person wants. */
function listenForLinks(front: Front, argv: readonly string[]): { flow(): void } {
  let ready = false;
  let pending = findDeepLink(argv);
  const follow = (link: typeof pending): void => {
    if (!ready) pending = link ?? pending;
    else if (link) front.follow(link);
    else front.show();
  };
  app.on("second-instance", (_event, otherArgv) => follow(findDeepLink(otherArgv)));
  app.on("open-url", (event, url) => {
    event.preventDefault();
    follow(parseDeepLink(url));
  });
  app.on("activate", () => follow(undefined));
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });
  if (app.isPackaged) app.setAsDefaultProtocolClient("tongdai");
  return {
    flow: () => {
      ready = true;
      if (pending) front.follow(pending);
    },
  };
}

function listenForPower(front: Front): void {
  powerMonitor.on("suspend", () => front.send("power", "suspend"));
  powerMonitor.on("resume", () => front.send("power", "resume"));
  powerMonitor.on("lock-screen", () => front.send("power", "lock"));
  powerMonitor.on("unlock-screen", () => front.send("power", "unlock"));
}
