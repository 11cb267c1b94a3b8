import type { Interaction } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";

/** More time to wrap up. */
export async function extendWrapUp(
  client: Client,
  { id: interactionId, version }: Interaction,
): Promise<void> {
  const answer = await client.request("interaction.extend_wrap_up", { interactionId, version });
  client.update((s) => learn(s, answer, client.now()));
}
