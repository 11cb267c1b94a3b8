import type { CommandOutput } from "@tongdai/shared";
import type { Client } from "./client.ts";

export const explainWaiting = (
  client: Client,
  interactionId: string,
): Promise<CommandOutput<"interaction.explain">> => client.request("interaction.explain", { interactionId });
