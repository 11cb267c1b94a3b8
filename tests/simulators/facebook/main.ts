import { parseJson } from "../kit/json.ts";
import { parseApps } from "./core/options.ts";
import { startFacebookSimulator } from "./index.ts";

// The page is TypeScript stripped by Node itself, which announces that on the terminal each time.
process.removeAllListeners("warning");
process.on("warning", (warning) => {
  if (warning.name !== "ExperimentalWarning") process.stderr.write(`${warning.stack}\n`);
});

const { SIM_PORT, SIM_CONFIG, SIM_TIME_FACTOR, SIM_STATE } = process.env;

const simulator = await startFacebookSimulator({
  apps: parseApps(parseJson(SIM_CONFIG ?? "")),
  port: Number(SIM_PORT ?? 0),
  timeFactor: Number(SIM_TIME_FACTOR ?? 1),
  ...(SIM_STATE ? { stateFile: SIM_STATE } : {}),
});

process.stdout.write(`simulator listening ${simulator.url}\n`);

let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    void simulator.close().then(() => process.exit(0));
  });
}
