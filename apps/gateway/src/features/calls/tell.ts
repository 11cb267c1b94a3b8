import type { Call } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { toCall, toCallRow } from "../../presenters/call.ts";
import { callById, updateCall } from "../../store/calls.ts";
import { conversationById, holdConversation } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { holdThing } from "../../store/locks.ts";
import { roomsOf } from "../access.ts";

/** The call as it is kept, held with its conversation until the end of the transaction; undefined: it was turned away. */
export async function heldCall(tx: Tx, id: string): Promise<Call | undefined> {
  const known = await callById(tx, id);
  if (!known) return undefined;
  if (known.conversation_id === null) await holdThing(tx, `call ${id}`);
  else await holdConversation(tx, known.conversation_id);
  const row = await callById(tx, id);
  return row && toCall(row);
}

/** Keeps what has become of a call, and tells whoever sees its conversation or was called. @param talk see `LegNews` */
export async function keepCall(tx: Tx, ctx: Ctx, call: Call, talk?: string): Promise<void> {
  const { id, ...change } = toCallRow(call);
  await updateCall(tx, id, { ...change, talk: talk ?? null });
  await tellCall(tx, ctx, call);
}

export async function tellCall(tx: Tx, ctx: Ctx, call: Call): Promise<void> {
  const { conversationId, interactionId } = call;
  const view = conversationId === null ? undefined : await conversationById(tx, conversationId);
  const called = call.legs.flatMap(({ userId }) => (userId === null ? [] : [`user:${userId}`]));
  tx.journal({
    name: "call.changed",
    at: ctx.clock.now(),
    actorId: null,
    scopes: [...new Set([...(view ? roomsOf(view) : []), ...called])],
    data: { call },
    ...(view &&
      interactionId !== null && {
        refs: { customerId: view.home_id, conversationId: view.id, interactionId },
      }),
  });
}
