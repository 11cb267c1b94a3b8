/// <reference types="electron-vite/node" />
import { join } from "node:path";
import { app } from "electron";
import idle from "../../build/tray.png?asset";
import unread from "../../build/tray-unread.png?asset";
import { start } from "./app.ts";
import { devOrigin } from "./dev-origin.ts";
import { warn } from "./log.ts";

// Windows names the sender of a notification by this id.
app.setAppUserModelId("vn.tongdai.desktop");

start({
  rendererRoot: join(import.meta.dirname, "../renderer"),
  preload: join(import.meta.dirname, "../preload/index.cjs"),
  icons: { idle, unread },
  argv: process.argv,
  gatewayUrl: process.env["TONGDAI_GATEWAY_URL"],
  devOrigin: devOrigin(process.env["ELECTRON_RENDERER_URL"], app.isPackaged),
}).catch((error: unknown) => {
  warn("could not start", error);
  app.exit(1);
});
