import type { Interaction } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";

/** The talk is over; the wrap-up begins. */
export async function end(client: Client, { id: interactionId, version }: Interaction): Promise<void> {
  const answer = await client.request("interaction.end", { interactionId, version });
  client.update((s) => learn(s, answer, client.now()));
}
