import type { Interaction } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";

export interface Transfer {
  readonly to: { readonly queueId: string } | { readonly userId: string };
  readonly note: string;
}

export async function transfer(
  client: Client,
  interaction: Interaction,
  { to, note }: Transfer,
): Promise<void> {
  const { id: interactionId, version } = interaction;
  const answer = await client.request("interaction.transfer", { interactionId, version, to, note });
  client.update((s) => learn(s, answer, client.now()));
}
