import { runMain } from "./lib/cli.ts";
import { gatewayCommand } from "./lib/gateway-command.ts";

/** `npm run config:import`: the configuration into a running gateway; the options and their help are the gateway's own. */
await runMain(() => gatewayCommand("config-import"));
