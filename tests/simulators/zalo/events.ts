import type { Json, JsonObject } from "../kit/json.ts";
import type { Sim } from "./sim.ts";
import { type Attachment, type Oa, oaOf, type StoredMessage, type Thread } from "./world.ts";

const common = (sim: Sim, oa: Oa, thread: Thread): JsonObject => ({
  app_id: oa.app.appId,
  user_id_by_app: thread.userIdByApp,
  timestamp: String(sim.time.stamp()),
});

/** Done by the person. The vendor's own order of fields differs from event to event: nobody may count on it. */
export function fromUser(sim: Sim, thread: Thread, o: { event: string; message: JsonObject }): Promise<void> {
  const oa = oaOf(sim.world, thread.oaId);
  return emit(sim, oa, {
    ...common(sim, oa, thread),
    event_name: o.event,
    sender: { id: thread.userId },
    recipient: { id: thread.oaId },
    message: thread.talkId === null ? o.message : { ...o.message, conversation_id: thread.talkId },
  });
}

/** Done by the account. */
export function fromOa(
  sim: Sim,
  thread: Thread,
  o: { event: string; message: JsonObject; adminId?: string | undefined },
): Promise<void> {
  const oa = oaOf(sim.world, thread.oaId);
  return emit(sim, oa, {
    ...common(sim, oa, thread),
    event_name: o.event,
    sender: { id: thread.oaId, ...(o.adminId && { admin_id: o.adminId }) },
    recipient: { id: thread.userId },
    message: o.message,
  });
}

/** Events about the person's standing with the account: they name no sender. */
export function aboutUser(
  sim: Sim,
  thread: Thread,
  event: "follow" | "unfollow" | "user_click_chatnow",
): Promise<void> {
  const oa = oaOf(sim.world, thread.oaId);
  const who: JsonObject =
    event === "user_click_chatnow" ? { user_id: thread.userId } : { follower: { id: thread.userId } };
  return emit(sim, oa, {
    ...common(sim, oa, thread),
    event_name: event,
    oa_id: thread.oaId,
    source: "oa_profile",
    ...who,
  });
}

export function submittedInfo(sim: Sim, thread: Thread, info: JsonObject): Promise<void> {
  const oa = oaOf(sim.world, thread.oaId);
  return emit(sim, oa, {
    ...common(sim, oa, thread),
    event_name: "user_submit_info",
    sender: { id: thread.userId },
    recipient: { id: thread.oaId },
    info,
  });
}

/** A message sent by a telephone number: the receipt names the number and our own word. */
export function templateArrived(
  sim: Sim,
  oa: Oa,
  o: { phone: string; id: string; trackingId: string },
): Promise<void> {
  return emit(sim, oa, {
    app_id: oa.app.appId,
    timestamp: String(sim.time.stamp()),
    event_name: "user_received_message",
    sender: { id: oa.options.oaId },
    recipient: { id: o.phone },
    message: { msg_id: o.id, delivery_time: String(sim.time.now()), tracking_id: o.trackingId },
  });
}

export const emit = (sim: Sim, oa: Oa, event: JsonObject): Promise<void> => {
  sim.changed();
  return sim.sender.deliver(oa, event);
};

export function attachmentJson(sim: Sim, one: Attachment): Json {
  const url = one.mediaId === undefined ? one.url : sim.media.url(one.mediaId);
  const file = one.mediaId === undefined ? undefined : sim.media.get(one.mediaId);
  switch (one.type) {
    case "location":
      return {
        type: "location",
        payload: { coordinates: { latitude: one.latitude, longitude: one.longitude } },
      };
    case "file":
      return {
        type: "file",
        payload: {
          url,
          size: String(file?.bytes.length ?? 0),
          name: one.name,
          checksum: "0".repeat(32),
          type: one.name?.split(".").at(-1),
        },
      };
    case "sticker":
      return { type: "sticker", payload: { id: "23285", url } };
    case "link":
      return { type: "link", payload: { thumbnail: "", description: one.title, url } };
    default:
      return { type: one.type, payload: { thumbnail: url, url } };
  }
}

/** The event by which a message is told: named by what it carries. */
export const eventOf = (who: "user_send" | "anonymous_send" | "oa_send", m: StoredMessage): string =>
  `${who}_${m.attachments[0]?.type ?? "text"}`;

export const messageJson = (sim: Sim, m: StoredMessage): JsonObject => ({
  msg_id: m.id,
  ...(m.text !== undefined && { text: m.text }),
  ...(m.quoteId !== undefined && { quote_msg_id: m.quoteId }),
  ...(m.attachments.length > 0 && { attachments: m.attachments.map((one) => attachmentJson(sim, one)) }),
});
