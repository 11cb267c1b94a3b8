import { runMain } from "./lib/cli.ts";
import { gatewayCommand } from "./lib/gateway-command.ts";

/** `npm run admin -- <command>`: the commands and their help are the gateway's own. */
await runMain(() => gatewayCommand("admin"));
