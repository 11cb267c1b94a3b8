import { parseJson } from "../kit/json.ts";
import { runSimulator } from "../kit/run.ts";
import { parseApps } from "./core/options.ts";
import { startFacebookSimulator } from "./index.ts";

await runSimulator(({ SIM_PORT, SIM_CONFIG, SIM_TIME_FACTOR, SIM_STATE }) =>
  startFacebookSimulator({
    apps: parseApps(parseJson(SIM_CONFIG ?? "")),
    port: Number(SIM_PORT ?? 0),
    timeFactor: Number(SIM_TIME_FACTOR ?? 1),
    ...(SIM_STATE ? { stateFile: SIM_STATE } : {}),
  }),
);
