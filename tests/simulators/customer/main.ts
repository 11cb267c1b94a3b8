import { parseJson } from "../kit/json.ts";
import { runSimulator } from "../kit/run.ts";
import { startCustomerPage } from "./index.ts";
import { parseOptions } from "./people.ts";

await runSimulator(({ SIM_PORT, SIM_CONFIG }) =>
  startCustomerPage({ ...parseOptions(parseJson(SIM_CONFIG ?? "")), port: Number(SIM_PORT ?? 0) }),
);
