import { asList, asObject, asText, parseJson } from "../kit/json.ts";
import { runSimulator } from "../kit/run.ts";
import { startMailSimulator } from "./index.ts";

await runSimulator(({ SIM_PORT, SIM_CONFIG, SIM_STATE }) => {
  const config = asObject(parseJson(SIM_CONFIG ?? ""));
  return startMailSimulator({
    mailboxes: asList(config["mailboxes"])
      .map(asObject)
      .map((one) => ({
        address: asText(one["address"]) ?? "",
        name: asText(one["name"]) ?? "",
        password: asText(one["password"]) ?? "",
      })),
    port: Number(SIM_PORT ?? 0),
    imapPort: Number(config["imapPort"] ?? 0),
    smtpPort: Number(config["smtpPort"] ?? 0),
    ...(SIM_STATE ? { stateFile: SIM_STATE } : {}),
  });
});
