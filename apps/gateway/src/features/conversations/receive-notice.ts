import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { insertMessage } from "../../store/messages.ts";
import { noteProven, noteText } from "../customers/index.ts";
import { findOrCreateConversation } from "./find-conversation.ts";
import type { Inbound } from "./inbound-context.ts";
import { journalCreated } from "./journal-message.ts";
import { messageRow } from "./message-row.ts";
import { openWindow } from "./receive-change.ts";
import { shownTime, windowTime } from "./times.ts";

/** Something that happened on the channel: a line in the conversation, not a message and not work. */
export async function receiveNotice(tx: Tx, ctx: Ctx, in_: Inbound<"notice">): Promise<void> {
  const { account, event, item, receivedAt } = in_;
  const at = shownTime(item.at, receivedAt);
  const view = await findOrCreateConversation(tx, ctx, { account, externalId: event.from, at });
  const row = messageRow(view, {
    kind: "event",
    direction: "none",
    author_kind: "system",
    state: "received",
    event: JSON.stringify({ name: event.name, data: event.data }),
    external_id: item.key,
    at,
    created_at: receivedAt,
  });
  if (!(await insertMessage(tx, row))) return;
  journalCreated(tx, ctx, { row, view });
  const known = { homeId: view.home_id, at: receivedAt };
  await noteText(tx, { ...known, text: Object.values(event.data).join("; "), source: "typed" });
  if (event.confirmed) await noteProven(tx, ctx, { ...known, ...event.confirmed, source: "confirmed" });
  if (event.opensWindow) await openWindow(tx, ctx, in_, windowTime(item.at, receivedAt));
}
