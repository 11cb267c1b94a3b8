import { runMain } from "./lib/cli.ts";
import { gatewayCommand } from "./lib/gateway-command.ts";

/** `npm run config:export`: the configuration out of a running gateway; the options and their help are the gateway's own. */
await runMain(() => gatewayCommand("config-export"));
