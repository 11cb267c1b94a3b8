import { runMain } from "./lib/cli.ts";
import { gatewayCommand } from "./lib/gateway-command.ts";

/** `npm run replay -- --day <day>`: the options and their help are the gateway's own. */
await runMain(() => gatewayCommand("replay"));
