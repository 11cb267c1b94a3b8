import type { Client } from "./client.ts";

/** Leaves at once, also when the gateway cannot be told: the person may be walking away from the machine. */
export async function logOut(client: Client): Promise<void> {
  client.later.flush("draft.");
  const told = client.rest.logOut();
  client.connection.stop();
  await told;
}
