import type { Json, JsonObject } from "../../kit/json.ts";
import { newMid, newNumericId } from "../core/ids.ts";

/** The events that no act of a simulated customer produces; each has a body that can be replaced. */
export type CatalogueKind =
  | "standby"
  | "feed"
  | "policy_enforcement"
  | "optin"
  | "account_linking"
  | "pass_thread_control"
  | "take_thread_control"
  | "request_thread_control"
  | "app_roles"
  | "response_feedback"
  | "order"
  | "lead"
  | "hop_context"
  | "appointment_booking"
  | "fallback_without_payload"
  | "unknown_attachment"
  | "unknown";

export interface CatalogueEvent {
  readonly kind: CatalogueKind;
  readonly psid?: string;
  /** Replaces the sample body. */
  readonly value?: JsonObject;
}

export interface BuiltEvent {
  readonly container: "messaging" | "standby" | "changes";
  readonly field: string;
  readonly item: JsonObject;
}

const FIELDS: Record<CatalogueKind, string> = {
  standby: "standby",
  feed: "feed",
  policy_enforcement: "messaging_policy_enforcement",
  optin: "messaging_optins",
  account_linking: "messaging_account_linking",
  pass_thread_control: "messaging_handovers",
  take_thread_control: "messaging_handovers",
  request_thread_control: "messaging_handovers",
  app_roles: "messaging_handovers",
  response_feedback: "response_feedback",
  order: "messaging_orders",
  lead: "messaging_leads",
  hop_context: "messaging_handovers",
  appointment_booking: "messages",
  fallback_without_payload: "messages",
  unknown_attachment: "messages",
  unknown: "messages",
};

export function isCatalogueKind(kind: string): kind is CatalogueKind {
  return Object.hasOwn(FIELDS, kind);
}

export interface BuildInput {
  readonly pageId: string;
  readonly appId: string;
  readonly now: number;
  readonly event: CatalogueEvent;
}

export function buildEvent(input: BuildInput): BuiltEvent {
  const { event, pageId, now } = input;
  const field = FIELDS[event.kind];
  const body: Json = event.value ?? sample(input);
  if (event.kind === "feed") return { container: "changes", field, item: { field: "feed", value: body } };
  const sender =
    event.kind === "policy_enforcement" ? {} : { sender: { id: event.psid ?? newNumericId(17) } };
  const item = { ...sender, recipient: { id: pageId }, timestamp: now };
  const container = event.kind === "standby" ? "standby" : "messaging";
  return { container, field, item: { ...item, [KEYS[event.kind] ?? event.kind]: body } };
}

const KEYS: Partial<Record<CatalogueKind, string>> = {
  standby: "message",
  appointment_booking: "message",
  fallback_without_payload: "message",
  unknown_attachment: "message",
  unknown: "teleportation",
};

function sample({ event, appId, pageId, now }: BuildInput): JsonObject {
  const attachment = (body: JsonObject): JsonObject => ({ mid: newMid(), attachments: [body] });
  switch (event.kind) {
    case "standby":
      return { mid: newMid(), text: "Tôi đang nói chuyện với ứng dụng khác" };
    case "feed":
      return feedSample(pageId, now);
    case "policy_enforcement":
      return { action: "warning", reason: "Trang đã gửi nội dung vi phạm chính sách" };
    case "optin":
      return {
        type: "notification_messages",
        payload: "promo",
        notification_messages_token: "8492",
        topic: "Khuyến mãi",
      };
    case "account_linking":
      return { status: "linked", authorization_code: "LINK-CODE" };
    case "pass_thread_control":
      return { previous_owner_app_id: null, new_owner_app_id: appId, metadata: "từ bot" };
    case "take_thread_control":
      return { previous_owner_app_id: appId, new_owner_app_id: "263902037430900", metadata: "" };
    case "request_thread_control":
      return { requested_owner_app_id: "263902037430900", metadata: "xin chuyển" };
    case "app_roles":
      return { [appId]: ["primary_receiver"] };
    case "response_feedback":
      return { feedback: "Good response", mid: newMid() };
    case "order":
      return {
        products: [{ id: "1", retailer_id: "SKU-1", name: "Áo thun", unit_price: 199000, quantity: 2 }],
        note: "Giao giờ hành chính",
      };
    case "lead":
      return { questions: [{ question: "Bạn cần tư vấn gì?", answer: "Giá sỉ" }] };
    case "hop_context":
      return { app_id: appId, metadata: "welcome" };
    case "appointment_booking":
      return attachment({ type: "appointment_booking", payload: booking(now) });
    case "fallback_without_payload":
      return { ...attachment({ type: "fallback", payload: null }), text: "https://tongdai.example/san-pham" };
    case "unknown_attachment":
      return attachment({ type: "hologram", payload: { url: "https://tongdai.example/hologram" } });
    case "unknown":
      return { destination: "Đà Lạt" };
  }
}

function booking(now: number): JsonObject {
  const start = Math.floor(now / 1000) + 86_400;
  return {
    booking_id: newNumericId(15),
    status: "requested",
    start_time: start,
    end_time: start + 3_600,
    timezone: "Asia/Ho_Chi_Minh",
  };
}

/** Without `from`, as happens when the page lacks the permission to see who wrote. */
function feedSample(pageId: string, now: number): JsonObject {
  const postId = `${pageId}_122101`;
  return {
    item: "comment",
    verb: "add",
    comment_id: `122101_${newNumericId(15)}`,
    post_id: postId,
    parent_id: postId,
    message: "Cái này giá bao nhiêu vậy shop?",
    created_time: Math.floor(now / 1000),
  };
}
