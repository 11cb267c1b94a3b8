import { Uploaded } from "@tongdai/shared";
import { z } from "zod";
import type { Client } from "./client.ts";

const keyOf = (client: Client, conversationId: string) =>
  `tongdai.draft-files.${client.store.getState().session.me?.id ?? ""}.${conversationId}`;

/** A held draft names its files by id alone; what they are called is known before the gateway can be asked again. */
export function keepDraftFiles(client: Client, conversationId: string, mediaIds: readonly string[]): void {
  const { media } = client.store.getState();
  const files = mediaIds.flatMap((id) => media[id] ?? []);
  const key = keyOf(client, conversationId);
  if (files.length === 0) client.storage.remove(key);
  else client.storage.set(key, JSON.stringify(files));
}

const Files = z.array(Uploaded);

export function readDraftFiles(client: Client, conversationId: string): readonly Uploaded[] {
  try {
    return Files.parse(JSON.parse(client.storage.get(keyOf(client, conversationId)) ?? "[]"));
  } catch {
    return [];
  }
}
