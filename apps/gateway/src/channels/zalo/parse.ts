import { cleanText } from "@tongdai/shared";
import type { InboundEvent, ParsedItem } from "../channel.ts";
import { keyOf, reason, safeDigest } from "../kit/values.ts";
import { openEvent, type ZaloEvent } from "./event.ts";
import { readEcho, readMessage, readVisitor, readVisitorEcho } from "./message.ts";
import { accountEvent, readInfo, readNotice } from "./notices.ts";
import { readDelivered, readReaction, readSeen } from "./receipts.ts";

/** What a reader makes of an event. May throw: the event is then kept as `unsupported`. */
export type Reader = (event: ZaloEvent) => {
  readonly key: string;
  readonly event: InboundEvent;
};

/** By the beginning of the event's name, the first that fits. Groups and calls have no reader. */
const readers: readonly (readonly [RegExp, Reader])[] = [
  [/^user_send_(text|image|gif|link|audio|video|sticker|location|business_card|file)$/, readMessage],
  [/^oa_send_(text|image|gif|list|file|sticker|template|link)$/, readEcho],
  [/^oa_send_anonymous_(text|image|file|sticker)$/, readVisitorEcho],
  [/^anonymous_send_(text|image|file|sticker)$/, readVisitor],
  [/^user_received_message$/, readDelivered],
  [/^user_seen_message$/, readSeen],
  [/^user_reacted_message$/, readReaction],
  [/^user_submit_info$/, readInfo],
  [/^follow$/, readNotice({ name: "followed", opensWindow: true })],
  [/^unfollow$/, readNotice({ name: "unfollowed", opensWindow: false })],
  [/^user_click_chatnow$/, readNotice({ name: "chat_opened", opensWindow: false })],
  [
    /^(change_oa_daily_quota|change_template_status|change_template_quality|oa_reacted_message)$/,
    accountEvent,
  ],
];

/**
 * A webhook body, which holds one event; never throws. Source: Zalo for Developers, "Official Account webhook".
 */
export function parseBody(body: unknown, accountIds: readonly string[]): ParsedItem[] {
  try {
    return [readEvent(openEvent(body, accountIds))];
  } catch (error) {
    return [unsupported("", body, reason(error))];
  }
}

function readEvent(event: ZaloEvent): ParsedItem {
  const reader = readers.find(([name]) => name.test(event.name))?.[1];
  if (!reader) return unsupported(event.oaId, event.raw, `event: ${event.name.slice(0, 100)}`, event.at);
  try {
    const { key, event: told } = reader(event);
    return { accountExternalId: event.oaId, key: keyOf(event.name, key), at: event.at, event: told };
  } catch (error) {
    return unsupported(event.oaId, event.raw, `${event.name}: ${reason(error)}`, event.at);
  }
}

function unsupported(oaId: string, value: unknown, why: string, at: number | null = null): ParsedItem {
  return {
    accountExternalId: oaId,
    key: safeDigest(value),
    at,
    event: { kind: "unsupported", why: cleanText(why) },
  };
}
