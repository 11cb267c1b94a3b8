import { ChannelId } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import type { ConversationView } from "../../store/conversations.ts";
import type { Tx } from "../../store/index.ts";
import { noteProven, noteText } from "../customers/index.ts";

/** Whose an address is: known for certain where the channel proves it, else a clue. */
export async function noteAddress(
  tx: Tx,
  ctx: Ctx,
  o: { view: ConversationView; address: string; at: number },
): Promise<void> {
  const { view, address: text, at } = o;
  const { address: kind, provesAddress } = ctx.channels.get(ChannelId.parse(view.channel)).capabilities;
  if (!kind) return;
  const clue = { homeId: view.home_id, text, source: "address", at } as const;
  if (provesAddress) await noteProven(tx, ctx, { ...clue, kind });
  else await noteText(tx, clue);
}
