import { AppError, type CallPurpose, type CommandOutput, DialObstacle } from "@tongdai/shared";
import { z } from "zod";
import type { DialRefused, DialTo } from "../state/dialog.ts";
import { learn } from "../state/learn.ts";
import type { State } from "../state/model.ts";
import { can } from "../state/selectors.ts";
import { holdOthers } from "./call.ts";
import type { Client } from "./client.ts";
import { openDialog } from "./navigate.ts";
import { openConversation } from "./open-conversation.ts";
import { askPhone } from "./phone.ts";
import { findNumber } from "./search-customers.ts";

/** Whether this person may call numbers outside, and has a phone for it. */
export const mayDial = (state: State): boolean => state.calls.phone !== null && can(state, "calls.begin");

interface Dial {
  readonly to: DialTo;
  readonly queueId?: string | null;
  readonly purpose?: CallPurpose;
}

/** Calls somebody outside: the gateway allows it, the customer's conversation opens, and the phone calls. Rejects when it is refused. */
export async function dial(client: Client, { to, queueId = null, purpose = "service" }: Dial): Promise<void> {
  const { address, interactionId, conversation } = await client.request("call.dial", {
    clientId: client.newId(),
    to: "number" in to ? { number: to.number } : { identityId: to.identityId },
    queueId,
    purpose,
  });
  client.update((s) => learn(s, { conversation }, client.now()));
  openConversation(client, conversation.id);
  await holdOthers(client, null);
  const peer = "number" in to ? to.number : to.shown;
  await askPhone(client, (phone) => phone.call(address, { interactionId, peer }));
}

const Refused = z.object({
  obstacle: DialObstacle,
  until: z.number().optional(),
  limit: z.number().optional(),
});

/** What is in the way of a call; `null`: it failed for another reason. */
export function refusalOf(cause: unknown): DialRefused | null {
  if (!(cause instanceof AppError) || cause.code !== "call_refused") return null;
  return Refused.safeParse(cause.details).data ?? null;
}

/** With one click: the dial pad opens only to say why it was refused. */
export async function clickToCall(client: Client, to: DialTo): Promise<void> {
  try {
    await dial(client, { to });
  } catch (cause) {
    const refused = refusalOf(cause);
    if (!refused) throw cause;
    openDialog(client, { kind: "dial", to, refused });
  }
}

/** A number that a stranger wrote, or another program names: shown in the dial pad, and called by nobody but the person. */
export function takeNumber(client: Client, number: string): void {
  if (mayDial(client.store.getState())) openDialog(client, { kind: "dial", to: { number }, refused: null });
  else findNumber(client, number);
}

export const loadPad = (client: Client): Promise<CommandOutput<"call.pad">> => client.request("call.pad", {});
