import type { Client } from "./client.ts";
import { drop } from "./run.ts";

const repeatMs = 4_000;
const restMs = 6_000;

const last = new WeakMap<Client, { conversationId: string; at: number }>();

/** A key was pressed: tell it now and then, and take it back when the typing rests. */
export function setTyping(client: Client, conversationId: string): void {
  if (client.store.getState().connection.status !== "live") return;
  client.later.put(`typing.${conversationId}`, restMs, () => stopTyping(client, conversationId));
  const before = last.get(client);
  const now = client.clock.elapsed();
  if (before?.conversationId === conversationId && now - before.at < repeatMs) return;
  last.set(client, { conversationId, at: now });
  drop(client.request("typing.set", { conversationId, on: true }));
}

export function stopTyping(client: Client, conversationId: string): void {
  client.later.cancel(`typing.${conversationId}`);
  if (last.get(client)?.conversationId !== conversationId) return;
  last.delete(client);
  if (client.store.getState().connection.status === "live")
    drop(client.request("typing.set", { conversationId, on: false }));
}
