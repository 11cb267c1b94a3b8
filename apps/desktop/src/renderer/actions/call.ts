import { isSpeaking } from "../state/calls.ts";
import type { Talk } from "../state/talk.ts";
import type { Client } from "./client.ts";
import { focusOn } from "./navigate.ts";
import { openConversation } from "./open-conversation.ts";
import { askPhone } from "./phone.ts";
import { changeDraft } from "./save-draft.ts";

/** One talks with one at a time: whoever is in the ear goes on hold first. */
export async function holdOthers(client: Client, talkId: string | null): Promise<void> {
  for (const talk of client.store.getState().calls.talks)
    if (talk.id !== talkId && isSpeaking(talk)) await askPhone(client, (phone) => phone.hold(talk.id, true));
}

/** @returns whether one talks now: without a microphone it goes on ringing */
export async function answerCall(client: Client, talkId: string): Promise<boolean> {
  await holdOthers(client, talkId);
  return askPhone(client, (phone) => phone.answer(talkId));
}

export const declineCall = (client: Client, talkId: string) =>
  askPhone(client, (phone) => phone.decline(talkId));

export const hangUp = (client: Client, talkId: string) => askPhone(client, (phone) => phone.hangUp(talkId));

export async function holdCall(client: Client, { id, onHold }: Talk): Promise<void> {
  if (onHold) await holdOthers(client, id);
  await askPhone(client, (phone) => phone.hold(id, !onHold));
}

export const muteCall = (client: Client, { id, muted }: Talk) =>
  askPhone(client, (phone) => phone.mute(id, !muted));

export const pressKeys = (client: Client, talkId: string, keys: string) =>
  askPhone(client, (phone) => phone.press(talkId, keys));

/** Calls somebody: a colleague to ask while the customer waits, or a number. */
export async function callTo(client: Client, to: string): Promise<void> {
  await holdOthers(client, null);
  await askPhone(client, (phone) => phone.call(to));
}

/** The two that one talks with go on without us. */
export const joinCalls = (client: Client, talkId: string, withId: string) =>
  askPhone(client, (phone) => phone.join(talkId, withId));

/** Opens what is known of whoever talks, to write a note. */
export function noteOfCall(client: Client, conversationId: string): void {
  openConversation(client, conversationId);
  changeDraft(client, conversationId, { note: true });
  focusOn(client, "composer");
}
