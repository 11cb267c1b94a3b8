import { join } from "node:path";
import { ensureBuilt } from "./lib/build.ts";
import { runMain } from "./lib/cli.ts";
import { runCommand } from "./lib/command.ts";
import { root } from "./lib/paths.ts";

const HELP = `
Usage: npm run package -- [electron-builder's options]

Builds, then packs the desktop for this platform into apps/desktop/dist/package. The installers (AppImage, deb,
nsis, dmg) need a network; --linux dir packs a folder without one, from the Electron in -c.electronDist=<folder>.
`;

await runMain(async () => {
  const args = process.argv.slice(2);
  if (args.includes("--help") || args.includes("-h")) {
    console.log(HELP.trim());
    return 0;
  }
  await ensureBuilt();
  return runCommand("electron-builder", ["--config", "electron-builder.yml", "--publish", "never", ...args], {
    cwd: join(root, "apps/desktop"),
  });
});
