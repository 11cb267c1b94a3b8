import { z } from "zod";
import { Text, Unreadable, VendorId } from "../kit/values.ts";
import { userOf, type ZaloEvent } from "./event.ts";
import type { Reader } from "./parse.ts";
import { emojiOf } from "./reactions.ts";

/** Ours; whoever sends templates beside us has other ids. */
const Uuid = z.uuid();

const Receipt = z.object({
  msg_id: VendorId.nullish().catch(null),
  msg_ids: z.array(VendorId).nullish().catch(null),
  tracking_id: Uuid.nullish().catch(null),
});

/** Told as one id or as many, whatever the event. */
function receiptIn(event: ZaloEvent): { externalIds: string[]; ours: string | null } {
  const { msg_id, msg_ids, tracking_id } = Receipt.parse(event.raw["message"]);
  const externalIds = [...new Set([...(msg_ids ?? []), ...(msg_id ? [msg_id] : [])])];
  if (externalIds.length === 0) throw new Unreadable("no message id");
  return { externalIds, ours: tracking_id ?? null };
}

/** Of a template that went by telephone it names the number instead of a user, and the id that we gave it. */
export const readDelivered: Reader = (event) => {
  const { externalIds, ours } = receiptIn(event);
  return {
    key: externalIds.join(","),
    event: {
      kind: "delivered",
      from: userOf(event),
      externalIds,
      watermark: null,
      ...(ours !== null && { ours }),
    },
  };
};

export const readSeen: Reader = (event) => {
  const { externalIds } = receiptIn(event);
  return {
    key: externalIds.join(","),
    event: { kind: "read", from: userOf(event), externalIds, watermark: null },
  };
};

const Reaction = z.object({ msg_id: VendorId, react_icon: Text });

export const readReaction: Reader = (event) => {
  const { msg_id, react_icon } = Reaction.parse(event.raw["message"]);
  return {
    key: `${msg_id}:${event.at ?? ""}`,
    event: { kind: "reaction", from: userOf(event), targetExternalId: msg_id, emoji: emojiOf(react_icon) },
  };
};
