import type { CommandOutput, Companion, JournalEvent, Whisper } from "@tongdai/shared";
import { useCallback, useEffect, useState } from "react";
import type { Client } from "./client.ts";
import { useClient } from "./react-client.ts";
import { useLoaded } from "./use-loaded.ts";

type Company = CommandOutput<"conversation.company">;

const nobody: Company = { companions: [], whispers: [] };

/** Who is with a conversation and what was whispered, as it happens. */
export function useCompany(conversationId: string): Company {
  const client = useClient();
  const [company, setCompany] = useState(nobody);
  const load = useCallback(
    async (by: Client) => setCompany(await by.request("conversation.company", { conversationId })),
    [conversationId],
  );
  useLoaded(conversationId, load);
  useEffect(
    () => client.onEvents(({ events }) => setCompany((was) => events.reduce(withEvent(conversationId), was))),
    [client, conversationId],
  );
  return company;
}

const withEvent =
  (conversationId: string) =>
  (was: Company, event: JournalEvent): Company => {
    if (event.name === "conversation.joined" && event.data.conversationId === conversationId)
      return { ...was, companions: [...without(was.companions, event.data.userId), event.data] };
    if (event.name === "conversation.departed" && event.data.conversationId === conversationId)
      return { ...was, companions: without(was.companions, event.data.userId) };
    if (event.name === "whisper.spoken" && event.data.whisper.conversationId === conversationId)
      return { ...was, whispers: withWhisper(was.whispers, event.data.whisper) };
    return was;
  };

const without = (companions: readonly Companion[], userId: string): Companion[] =>
  companions.filter((c) => c.userId !== userId);

const withWhisper = (whispers: readonly Whisper[], whisper: Whisper): Whisper[] => [
  ...whispers.filter((w) => w.id !== whisper.id),
  whisper,
];

export async function joinConversation(
  client: Client,
  o: { conversationId: string; visible: boolean },
): Promise<void> {
  await client.request("conversation.join", o);
}

export async function leaveConversation(client: Client, conversationId: string): Promise<void> {
  await client.request("conversation.leave", { conversationId });
}

export async function whisper(client: Client, o: { conversationId: string; text: string }): Promise<void> {
  await client.request("whisper.send", { clientId: client.newId(), ...o });
}
