import type { FormInput, Interaction, Ticket } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import type { Client } from "./client.ts";

export interface Closing {
  readonly disposition: string | null;
  readonly resolved: boolean;
  readonly note: string;
  readonly form: FormInput;
}

/** Ends the wrap-up. @returns the ticket that an unresolved matter became */
export async function closeWithDisposition(
  client: Client,
  { id: interactionId, version }: Interaction,
  closing: Closing,
): Promise<Ticket | null> {
  const answer = await client.request("interaction.close", { interactionId, version, ...closing });
  client.update((s) => learn(s, answer, client.now()));
  return answer.ticket;
}
