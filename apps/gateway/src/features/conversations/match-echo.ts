import type { Tx } from "../../store/index.ts";
import { changesOf, keepChange } from "../../store/message-changes.ts";
import { lastOutgoing, messageById } from "../../store/messages.ts";
import type { MessageChangeRow, MessageRow } from "../../store/schema.ts";
import type { Inbound } from "./inbound-context.ts";
import { shownTime } from "./times.ts";

/** An echo comes within seconds of the sending; the clocks may be some apart. */
const WITHIN_MS = 60_000;

const ECHOED = "echoed";
const ALIAS = "alias";

/**
 * The message of ours that an echo without our id repeats: the oldest of the same words, sent about then, whose echo has not
 * come. The echo may carry another id than the answer to the sending, so it is kept as another name of the message.
 */
export async function ownByContent(
  tx: Tx,
  in_: Inbound<"echo">,
  conversationId: string,
): Promise<MessageRow | undefined> {
  const { account, event, item, receivedAt } = in_;
  const at = shownTime(item.at, receivedAt);
  for (const row of await lastOutgoing(tx, conversationId, at + WITHIN_MS)) {
    if (leftBy(row) < at - WITHIN_MS) continue;
    const isSame = event.template
      ? row.template !== null
      : row.text === event.text && attachments(row) === event.attachments.length;
    if (!isSame || (await changesOf(tx, account.id, row.id)).some((c) => c.kind === ECHOED)) continue;
    await keepChange(tx, {
      account_id: account.id,
      external_id: row.id,
      kind: ECHOED,
      rank: 0,
      value: null,
      kept_at: receivedAt,
    });
    await keepAlias(tx, { of: row, externalId: event.externalId, at: receivedAt });
    return row;
  }
  return undefined;
}

/**
 * It may have left long after it was written. When the vendor had it, or else when it came to its present state: it had
 * left by then.
 */
const leftBy = (row: MessageRow): number => row.vendor_at ?? row.state_at ?? row.at;

const attachments = (row: MessageRow): number => {
  const list: unknown = JSON.parse(row.attachments);
  return Array.isArray(list) ? list.length : 0;
};

/** Another id by which the vendor may speak of a message. */
export const keepAlias = (tx: Tx, o: { of: MessageRow; externalId: string; at: number }): Promise<boolean> =>
  keepChange(tx, {
    account_id: o.of.account_id,
    external_id: o.externalId,
    kind: ALIAS,
    rank: 0,
    value: o.of.id,
    kept_at: o.at,
  });

/** The message that something kept under another id of it is about. */
export async function aliased(tx: Tx, kept: readonly MessageChangeRow[]): Promise<MessageRow | undefined> {
  const alias = kept.find((c) => c.kind === ALIAS);
  return alias?.value ? messageById(tx, alias.value) : undefined;
}
