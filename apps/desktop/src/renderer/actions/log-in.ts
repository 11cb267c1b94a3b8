import type { Client } from "./client.ts";
import { enter } from "./start-client.ts";

export async function logIn(client: Client, username: string, password: string): Promise<void> {
  enter(client, await client.rest.logIn(username.trim().toLowerCase(), password));
}

/** The log-ins of a demo gateway, or `null`. */
export const demoLogIns = (client: Client) => client.rest.demo();
