import { parseJson } from "../kit/json.ts";
import { runSimulator } from "../kit/run.ts";
import { startZaloSimulator } from "./index.ts";
import { parseApps } from "./options.ts";

await runSimulator(({ SIM_PORT, SIM_CONFIG, SIM_TIME_FACTOR, SIM_STATE }) =>
  startZaloSimulator({
    apps: parseApps(parseJson(SIM_CONFIG ?? "")),
    port: Number(SIM_PORT ?? 0),
    timeFactor: Number(SIM_TIME_FACTOR ?? 1),
    ...(SIM_STATE ? { stateFile: SIM_STATE } : {}),
  }),
);
