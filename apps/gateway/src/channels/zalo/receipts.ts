import { z } from "zod";
import { Text, Unreadable, VendorId } from "../kit/values.ts";
import { userOf, type ZaloEvent } from "./event.ts";
import type { Reader } from "./parse.ts";
import { emojiOf } from "./reactions.ts";

const Receipt = z.object({
  msg_id: VendorId.nullish().catch(null),
  msg_ids: z.array(VendorId).nullish().catch(null),
});

/** Told as one id or as many, whatever the event. */
function idsIn(event: ZaloEvent): string[] {
  const { msg_id, msg_ids } = Receipt.parse(event.raw["message"]);
  const ids = [...new Set([...(msg_ids ?? []), ...(msg_id ? [msg_id] : [])])];
  if (ids.length === 0) throw new Unreadable("no message id");
  return ids;
}

const receipt =
  (kind: "delivered" | "read"): Reader =>
  (event) => {
    const externalIds = idsIn(event);
    return {
      key: externalIds.join(","),
      event: { kind, from: userOf(event), externalIds, watermark: null },
    };
  };

export const readDelivered = receipt("delivered");
export const readSeen = receipt("read");

const Reaction = z.object({ msg_id: VendorId, react_icon: Text });

export const readReaction: Reader = (event) => {
  const { msg_id, react_icon } = Reaction.parse(event.raw["message"]);
  return {
    key: `${msg_id}:${event.at ?? ""}`,
    event: { kind: "reaction", from: userOf(event), targetExternalId: msg_id, emoji: emojiOf(react_icon) },
  };
};
