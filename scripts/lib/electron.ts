import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { ChildSpec } from "./children.ts";
import { root } from "./paths.ts";

const executables: Partial<Record<NodeJS.Platform, string>> = {
  linux: "electron",
  darwin: "Electron.app/Contents/MacOS/Electron",
  win32: "electron.exe",
};

export const electronMissing =
  "The Electron program is not here (npm does not bring it). Type: npx install-electron. Without a network, unpack Electron somewhere and set ELECTRON_OVERRIDE_DIST_PATH to that folder. Until then use the address of npm start in a browser.";

/** The program, if it is here. Never by require("electron"): that would download it. */
export function findElectron(): string | undefined {
  const name = executables[process.platform];
  if (name === undefined) return undefined;
  const fromRenderer = createRequire(join(root, "apps/desktop/package.json"));
  const folders = [
    process.env["ELECTRON_OVERRIDE_DIST_PATH"],
    join(dirname(fromRenderer.resolve("electron/package.json")), "dist"),
  ];
  return folders
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
}

export function desktopSpec(electron: string, gatewayUrl: string): ChildSpec {
  // Chromium's sandbox refuses to run as root; a developer's container often is.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return {
    name: "desktop",
    command: electron,
    args: [join(root, "apps/desktop"), ...sandbox],
    env: { TONGDAI_GATEWAY_URL: gatewayUrl },
    mayEnd: true,
  };
}
