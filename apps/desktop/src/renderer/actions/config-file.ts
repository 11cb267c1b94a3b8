import type { ConfigPlan } from "@tongdai/shared";
import type { Client } from "./client.ts";
import { saveFile } from "./save-file.ts";

export async function downloadConfig(client: Client): Promise<void> {
  await saveFile(client, await client.rest.configFile(), "tongdai-config.json");
}

/** Nothing is changed: what `applyConfig` would do. */
export const tryConfig = (client: Client, file: string): Promise<ConfigPlan> =>
  client.rest.bringConfig(file, { apply: false });

export const applyConfig = (client: Client, file: string): Promise<ConfigPlan> =>
  client.rest.bringConfig(file, { apply: true });
