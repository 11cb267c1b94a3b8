import type { Interaction } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";

/** Takes waiting work oneself. Refused with `taken` when somebody was quicker. */
export async function claim(client: Client, interaction: Interaction): Promise<void> {
  const answer = await client.request("interaction.claim", { interactionId: interaction.id });
  client.update((s) => learn(s, answer, client.now()));
}
