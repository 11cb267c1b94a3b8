import type { Client } from "./client.ts";
import { enter } from "./start-client.ts";

/** @param next takes the place of a password that somebody else has given */
export async function logIn(
  client: Client,
  username: string,
  password: string,
  next?: string,
): Promise<void> {
  enter(client, await client.rest.logIn(username.trim().toLowerCase(), password, next));
}

/** The log-ins of a demo gateway, or `null`. */
export const demoLogIns = (client: Client) => client.rest.demo();
