import { spawn } from "node:child_process";
import { ensureBuilt } from "./lib/build.ts";
import { runMain } from "./lib/cli.ts";
import { exitCode, inView } from "./lib/command.ts";

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
  const options = ["run", "package", "--workspace", "@tongdai/desktop", "--", "--publish", "never", ...args];
  return exitCode(spawn("npm", options, inView));
});
