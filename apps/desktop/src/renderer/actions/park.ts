import type { CommandInput, Interaction } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";

export type Parking = Pick<CommandInput<"interaction.park">, "until" | "returnTo" | "note">;

/** Puts work in hand aside, or moves its return. */
export async function park(
  client: Client,
  { id: interactionId, version }: Interaction,
  parking: Parking,
): Promise<void> {
  const answer = await client.request("interaction.park", { interactionId, version, ...parking });
  client.update((s) => learn(s, answer, client.now()));
}

/** Takes parked work up again. */
export async function unpark(client: Client, { id: interactionId, version }: Interaction): Promise<void> {
  const answer = await client.request("interaction.unpark", { interactionId, version });
  client.update((s) => learn(s, answer, client.now()));
}
