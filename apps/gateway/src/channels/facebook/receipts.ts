import { z } from "zod";
import { keyOf, millis, Text, Unreadable, VendorId } from "../kit/values.ts";
import { customer, type Reader } from "./item.ts";
import { reactionEmoji } from "./reactions.ts";

const Delivery = z.object({
  mids: z.array(z.unknown()).nullish().catch(null),
  watermark: z.unknown().optional(),
});
const Read = z.object({ watermark: z.unknown().optional() });

function watermarkOf(value: unknown): number {
  const watermark = millis(value);
  if (watermark === null) throw new Unreadable("watermark: not a time");
  return watermark;
}

/**
 * `mids` may be missing, the watermark alone then tells. The ids are part of the key because two receipts may share
 * sender and watermark and yet name different messages.
 */
export const readDelivery: Reader = (value, item) => {
  const delivery = Delivery.parse(value);
  const from = customer(item);
  const watermark = watermarkOf(delivery.watermark);
  const externalIds = (delivery.mids ?? []).flatMap((mid) => VendorId.safeParse(mid).data ?? []);
  return {
    key: keyOf(from, item.recipient, watermark, ...externalIds),
    event: { kind: "delivered", from, externalIds, watermark },
  };
};

export const readRead: Reader = (value, item) => {
  const from = customer(item);
  const watermark = watermarkOf(Read.parse(value).watermark);
  return {
    key: keyOf(from, item.recipient, watermark),
    event: { kind: "read", from, externalIds: [], watermark },
  };
};

const Reaction = z.object({
  mid: VendorId,
  action: z.enum(["react", "unreact"]),
  reaction: Text.nullish().catch(null),
  emoji: Text.nullish().catch(null),
});

/** A reaction whose emoji nobody tells is still an act of the customer: shown as an event, and it opens the window. */
export const readReaction: Reader = (value, item) => {
  const { mid, action, reaction, emoji } = Reaction.parse(value);
  const from = customer(item);
  const key = keyOf(mid, from, action, item.at);
  const shown = action === "react" ? reactionEmoji(reaction ?? null, emoji ?? null) : null;
  if (action === "react" && shown === null) {
    const data = { reaction: reaction ?? "", mid };
    return {
      key: keyOf("reaction", key),
      event: { kind: "notice", from, name: "reaction", data, opensWindow: true },
    };
  }
  return { key, event: { kind: "reaction", from, targetExternalId: mid, emoji: shown } };
};
