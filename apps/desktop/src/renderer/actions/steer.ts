import type { CommandInput, HeldWork, ReportDefinition, WaitingWork } from "@tongdai/shared";
import type { Client } from "./client.ts";

type Work = Pick<WaitingWork | HeldWork, "interactionId" | "version">;

/** More than any queue's rules are likely to give: a supervisor's word counts. */
const BOOST = 1_000;

export async function prioritise(
  client: Client,
  { interactionId, version, boost }: WaitingWork,
): Promise<void> {
  await client.request("interaction.boost", { interactionId, version, boost: boost > 0 ? 0 : BOOST });
}

export async function handTo(
  client: Client,
  { interactionId, version }: Work,
  { to, note }: { to: CommandInput<"interaction.transfer">["to"]; note: string },
): Promise<void> {
  await client.request("interaction.transfer", { interactionId, version, to, note });
}

export async function takeOver(client: Client, { interactionId, version }: Work, note = ""): Promise<void> {
  await client.request("interaction.take_over", { interactionId, version, note });
}

export async function forceState(client: Client, input: CommandInput<"agent.force_state">): Promise<void> {
  await client.request("agent.force_state", input);
}

export async function signOut(client: Client, input: CommandInput<"agent.sign_out">): Promise<void> {
  await client.request("agent.sign_out", input);
}

export async function setThresholds(
  client: Client,
  input: CommandInput<"floor.set_thresholds">,
): Promise<void> {
  await client.request("floor.set_thresholds", input);
}

export async function defineLevel(client: Client, definition: ReportDefinition): Promise<void> {
  await client.request("floor.define", { definition });
}

export const listLine = (client: Client, queueId: string) => client.request("floor.line", { queueId });
