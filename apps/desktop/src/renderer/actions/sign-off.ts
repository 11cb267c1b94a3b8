import type { CommandInput, CommandOutput } from "@tongdai/shared";
import { learn } from "../state/learn.ts";
import { selectHasUnfinished } from "../state/selectors.ts";
import type { Client } from "./client.ts";
import { openDialog } from "./navigate.ts";
import { run } from "./run.ts";
import { setAgentState } from "./set-agent-state.ts";

export type InHand = CommandOutput<"agent.in_hand">;

export const inHand = (client: Client): Promise<InHand> => client.request("agent.in_hand", {});

export async function signOff(client: Client, input: CommandInput<"agent.sign_off">): Promise<void> {
  const answer = await client.request("agent.sign_off", input);
  client.update((s) => learn(s, answer, client.now()));
}

/** Offline at once; with unfinished work only after it is said what becomes of that. */
export function goOffline(client: Client): void {
  if (selectHasUnfinished(client.store.getState())) openDialog(client, { kind: "sign_off", next: "offline" });
  else run(client, setAgentState(client, { state: "offline" }));
}
