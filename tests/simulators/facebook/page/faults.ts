import { inLanguage } from "../../kit/page/words.ts";

/** What each switch means to somebody who has never read the vendor's documentation. */
const LABELS: Record<string, [vi: string, en: string]> = {
  "echo.beforeResponse": ["Bản sao tới trước câu trả lời gửi", "Echo comes before the answer"],
  "echo.drop": ["Không gửi bản sao tin đã gửi", "No echo of sent messages"],
  "webhook.duplicates": ["Mỗi sự kiện gửi ba lần", "Every event is sent three times"],
  "webhook.reverseBatch": ["Đảo thứ tự trong lô", "Batches in reverse order"],
  "webhook.parallel": ["Gửi song song, thứ tự bất kỳ", "Sent in parallel, in any order"],
  "webhook.signature": ["Chữ ký của sự kiện", "Signature of events"],
  "delivery.withoutMids": ["Báo đã nhận thiếu mã tin", "Delivery receipt without ids"],
  "delivery.drop": ["Không báo đã nhận", "No delivery receipt"],
  "read.oldWatermark": ["Báo đã xem bị lùi giờ", "Seen receipt goes back in time"],
  "receipts.swapped": ["Báo đã xem trước đã nhận", "Seen before delivered"],
  "sticker.double": ["Nhãn dán gửi kiểu cũ (hai lần)", "Sticker in the old form (twice)"],
  "send.delay": ["Trả lời quá chậm nhưng đã gửi", "Answers too late, yet sent"],
  "send.closeAfterSend": ["Đứt kết nối sau khi gửi", "Connection cut after sending"],
  "send.errorAfterSend": ["Báo lỗi 500 dù đã gửi", "Error 500 though sent"],
  "send.serverError": ["Lỗi 500 tạm thời", "Temporary error 500"],
  "send.html": ["Trang lỗi HTML thay cho JSON", "HTML error page instead of JSON"],
  "send.throttle": ["Gửi quá nhanh", "Sending too fast"],
  "send.restricted": ["Trang bị hạn chế gửi", "Page restricted"],
  "send.otherAppControls": ["Ứng dụng khác giữ cuộc trò chuyện", "Another app controls the thread"],
  "token.revoked": ["Mã truy cập bị thu hồi", "Access token revoked"],
  "usage.high": ["Sắp chạm hạn mức (95 %)", "Near the quota (95 %)"],
  "media.host": ["Kho ảnh", "Picture host"],
};

export const CHOICES: Record<string, readonly string[]> = {
  "webhook.signature": ["wrong", "missing", "other-app"],
  "send.throttle": ["429", "613"],
  "media.host": ["not-found", "redirect-private", "endless", "wrong-type", "stall"],
};

const EVENTS: Record<string, [vi: string, en: string]> = {
  message: ["tin nhắn", "message"],
  echo: ["bản sao tin đã gửi", "echo of a sent message"],
  delivery: ["báo đã nhận", "delivery receipt"],
  read: ["báo đã xem", "seen receipt"],
  reaction: ["cảm xúc", "reaction"],
  edit: ["sửa tin", "edit"],
  postback: ["bấm nút", "button"],
  referral: ["liên kết", "link"],
  standby: ["đứng ngoài (standby)", "standby"],
  comment: ["bình luận", "comment"],
  event: ["sự kiện", "event"],
};

export function eventName(what: string): string {
  return inLanguage(EVENTS[what] ?? [what, what]);
}

export function faultLabel(name: string): string {
  return inLanguage(LABELS[name] ?? [name, name]);
}
