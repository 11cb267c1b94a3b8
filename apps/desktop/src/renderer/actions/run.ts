import type { Client } from "./client.ts";

/** Lets an action run on its own: its failure is shown by the shell. */
export function run(client: Client, action: Promise<unknown>): void {
  action.catch(client.report);
}

/** For what shows its own failure: a refused message stands in the conversation with its reason. */
export function drop(promise: Promise<unknown>): void {
  promise.catch(() => undefined);
}
