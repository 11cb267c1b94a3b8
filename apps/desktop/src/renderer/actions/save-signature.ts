import type { CommandInput, Signature } from "@tongdai/shared";
import { withSignature } from "../state/signatures.ts";
import type { Client } from "./client.ts";

/** One's own; without words there is none any more. */
export async function saveOwnSignature(client: Client, input: CommandInput<"signature.save">): Promise<void> {
  const { signature } = await client.request("signature.save", input);
  keep(client, client.store.getState().session.me?.id ?? "", signature);
}

/** That of an account, for whoever has none of their own. */
export async function saveAccountSignature(
  client: Client,
  input: CommandInput<"account_signature.save">,
): Promise<void> {
  const { signature } = await client.request("account_signature.save", input);
  keep(client, input.accountId, signature);
}

const keep = (client: Client, ownerId: string, signature: Signature | null): void =>
  client.update((s) => withSignature(s, { ownerId, signature }));
