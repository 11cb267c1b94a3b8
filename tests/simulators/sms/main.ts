import { parseJson } from "../kit/json.ts";
import { runSimulator } from "../kit/run.ts";
import { startSmsSimulator } from "./index.ts";
import { parseAccounts } from "./options.ts";

await runSimulator(({ SIM_PORT, SIM_CONFIG, SIM_STATE }) =>
  startSmsSimulator({
    accounts: parseAccounts(parseJson(SIM_CONFIG ?? "")),
    port: Number(SIM_PORT ?? 0),
    ...(SIM_STATE ? { stateFile: SIM_STATE } : {}),
  }),
);
