import type { CommandInput, CommandOutput } from "@tongdai/shared";
import type { Client } from "./client.ts";

export type TrialLook = CommandOutput<"trial.look">;

export const lookAtTrial = (client: Client, input: CommandInput<"trial.look">): Promise<TrialLook> =>
  client.request("trial.look", input);

/** @returns the message's id */
export async function answerTrial(client: Client, input: CommandInput<"trial.answer">): Promise<string> {
  return (await client.request("trial.answer", input)).messageId;
}

/** To an address of one's own, by an account that only sends. @returns the message's id */
export async function sendTrial(client: Client, input: CommandInput<"trial.send">): Promise<string> {
  return (await client.request("trial.send", input)).messageId;
}
