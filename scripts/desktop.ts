import { spawn } from "node:child_process";
import { ensureBuilt } from "./lib/build.ts";
import { readCommandLine, readPort, runMain, UserError } from "./lib/cli.ts";
import { exitCode } from "./lib/command.ts";
import { desktopSpec, electronMissing, findElectron } from "./lib/electron.ts";

const HELP = `
Usage: npm run desktop -- [options]

Opens the Electron desktop on a gateway that runs already (npm start).

  --port <n>      the gateway's port on this machine (TONGDAI_PORT, 4000)
  --url <url>     a gateway elsewhere
`;

await runMain(async () => {
  const { values } = readCommandLine(HELP, { port: { type: "string" }, url: { type: "string" } });
  const port = readPort("--port", values["port"] ?? process.env["TONGDAI_PORT"], 4000);
  const url = typeof values["url"] === "string" ? values["url"] : `http://127.0.0.1:${port}`;
  const electron = findElectron();
  if (!electron) throw new UserError(electronMissing);
  await ensureBuilt();
  await requireAnswer(url);
  const { command, args, env } = desktopSpec(electron, url);
  return exitCode(spawn(command, args, { stdio: "inherit", env: { ...process.env, ...env } }));
});

async function requireAnswer(url: string): Promise<void> {
  try {
    await fetch(url, { signal: AbortSignal.timeout(5000) });
  } catch {
    throw new UserError(`No gateway answers at ${url}. Start it in another terminal: npm start`);
  }
}
