import type { Client } from "./client.ts";

/** Where this program reaches the gateway; vendors may have to use another name for the same machine. */
export async function gatewayAddress(client: Client): Promise<string> {
  const address = client.desktop
    ? (await client.desktop.getSettings()).gatewayUrl
    : globalThis.location.origin;
  return address.replace(/\/+$/, "");
}
