const vi = {
  title: "Khách hàng Zalo",
  person: "Bạn đóng vai",
  oa: "Nhắn cho OA",
  write: "Nhập tin nhắn",
  send: "Gửi",
  time: "Thời gian",
  faults: "Trục trặc",
  log: "Webhook",
  visitor: "khách vãng lai",
  image: "Ảnh mẫu",
  file: "Gửi tệp…",
  sticker: "Sticker",
  location: "Vị trí",
  info: "Gửi thông tin của tôi",
  follow: "Quan tâm",
  unfollow: "Bỏ quan tâm",
  block: "Chặn OA",
  unblock: "Bỏ chặn",
  offline: "Tắt mạng",
  online: "Bật mạng",
  present: "Về hiện tại",
  empty: "Hãy nhắn tin đầu tiên.",
  sent: "đã gửi",
  received: "đã nhận",
  seen: "đã xem",
  charged: "có phí",
  byAdmin: "từ oa.zalo.me",
  free: "OA trả lời miễn phí (trong 48 giờ)",
  chargedWindow: "OA trả lời mất phí (48 giờ đến 7 ngày)",
  closed: "Quá 7 ngày: OA không trả lời được",
  never: "Chưa nhắn lần nào: OA chưa trả lời được",
  notConnected: "OA chưa cấp quyền cho ứng dụng nào",
};
const en: typeof vi = {
  title: "Zalo customer",
  person: "You are",
  oa: "Writing to",
  write: "Write a message",
  send: "Send",
  time: "Time",
  faults: "Troubles",
  log: "Webhooks",
  visitor: "visitor",
  image: "Sample picture",
  file: "Send a file…",
  sticker: "Sticker",
  location: "Place",
  info: "Share my details",
  follow: "Follow",
  unfollow: "Unfollow",
  block: "Block the account",
  unblock: "Unblock",
  offline: "Go offline",
  online: "Go online",
  present: "Back to now",
  empty: "Write the first message.",
  sent: "sent",
  received: "received",
  seen: "seen",
  charged: "charged",
  byAdmin: "from oa.zalo.me",
  free: "Answers are free (within 48 hours)",
  chargedWindow: "Answers are charged (48 hours to 7 days)",
  closed: "Over 7 days: the account cannot answer",
  never: "Never wrote: the account cannot answer yet",
  notConnected: "The account has given no app its permission",
};

export type Word = keyof typeof vi;
let language: "vi" | "en" = localStorage.getItem("zalo-language") === "en" ? "en" : "vi";

export const t = (word: Word): string => (language === "vi" ? vi : en)[word];
export const current = (): "vi" | "en" => language;
export function turn(): void {
  language = language === "vi" ? "en" : "vi";
  localStorage.setItem("zalo-language", language);
}
export const isWord = (name: string): name is Word => Object.hasOwn(vi, name);
