import { wordsOf } from "../../kit/page/words.ts";

const TEXT = {
  title: ["Khách hàng Messenger", "Messenger customer"],
  connected: ["Trang Facebook · đang nối", "Facebook page · connected"],
  offlineNow: ["Điện thoại của bạn đang ngoại tuyến", "Your phone is offline"],
  blockedNow: ["Bạn đã chặn trang này", "You have blocked this page"],
  typing: ["Trang đang soạn tin", "The page is typing"],
  like: ["Gửi Thích", "Send a like"],
  sample: ["Gửi ảnh mẫu", "Send the sample picture"],
  stickers: ["Nhãn dán", "Stickers"],
  react: ["Bày tỏ cảm xúc", "React"],
  unreact: ["Bỏ cảm xúc", "Remove the reaction"],
  reply: ["Trả lời", "Reply"],
  edit: ["Sửa", "Edit"],
  edited: ["đã sửa", "edited"],
  replyingTo: ["Trả lời:", "Replying to:"],
  editing: ["Đang sửa tin nhắn", "Editing your message"],
  cancel: ["Hủy", "Cancel"],
  gone: ["Tin nhắn không còn thấy", "A message out of sight"],
  youReacted: ["Bạn", "You"],
  pageReacted: ["Trang", "The page"],
  mineSent: ["Đã gửi", "Sent"],
  mineDelivered: ["Đã nhận", "Delivered"],
  mineRead: ["Trang đã xem", "Seen by the page"],
  pageSent: ["Chưa tới máy bạn", "Not on your phone yet"],
  pageDelivered: ["Máy bạn đã nhận", "On your phone"],
  pageRead: ["Bạn đã xem", "You have seen it"],
  windowNever: [
    "Bạn chưa nhắn gì, nên trang chưa được nhắn cho bạn.",
    "You have not written yet, so the page may not write to you.",
  ],
  windowOpen: ["Trang trả lời được thêm {0}.", "The page can reply for another {0}."],
  windowHuman: [
    "Quá 24 giờ: chỉ nhân viên còn trả lời được, trong {0} nữa.",
    "Past 24 hours: only a human agent may reply, for another {0}.",
  ],
  windowClosed: [
    "Hết hạn trả lời: trang phải đợi bạn nhắn lại.",
    "The window is closed: the page must wait for you to write.",
  ],
  days: ["{0} ngày {1} giờ", "{0} d {1} h"],
  hours: ["{0} giờ {1} phút", "{0} h {1} min"],
  minutes: ["{0} phút", "{0} min"],
  timeHelp: [
    "Trang có 24 giờ kể từ lần cuối bạn nhắn; nhân viên có thêm tới 7 ngày. Tua đồng hồ để xem chuyện gì xảy ra.",
    "The page has 24 hours from your last message; a human agent has up to 7 days. Move the clock to see what happens.",
  ],
  standardBar: ["Chuẩn, 24 giờ", "Standard, 24 hours"],
  humanBar: ["Nhân viên, 7 ngày", "Human agent, 7 days"],
  over: ["hết hạn", "over"],
  forward23: ["+23 giờ", "+23 h"],
  forward25: ["+25 giờ", "+25 h"],
  forward8: ["+8 ngày", "+8 days"],
  getStarted: ["Bấm “Bắt đầu”", "Tap “Get started”"],
  referral: ["Mở liên kết m.me", "Open an m.me link"],
  goOffline: ["Tắt mạng điện thoại", "Take the phone offline"],
  goOnline: ["Bật mạng điện thoại", "Bring the phone online"],
  block: ["Chặn trang", "Block the page"],
  unblock: ["Bỏ chặn trang", "Unblock the page"],
  autoRead: ["Tự báo đã xem khi đang mở", "Mark as seen while this is open"],
  commentTitle: ["Bình luận dưới bài viết", "Comments under the post"],
  commentPost: [
    "Bài viết: “Bộ sưu tập mới đã về, nhắn trang để giữ hàng.”",
    "Post: “The new collection is here, write to us to reserve.”",
  ],
  commentWrite: ["Viết bình luận…", "Write a comment…"],
  commentSend: ["Bình luận", "Comment"],
  faultClear: ["Tắt tất cả", "Turn all off"],
  off: ["Tắt", "Off"],
  attempts: ["{0} lần", "{0} attempts"],
  subOk: ["Đăng ký sự kiện: bình thường", "Subscription: fine"],
  subFailing: ["Đăng ký sự kiện: tổng đài không nhận, đang thử lại", "Subscription: not taken, trying again"],
  subDisabled: ["Đăng ký sự kiện: bị tắt sau một giờ lỗi", "Subscription: disabled after an hour of failure"],
  subNone: ["Đăng ký sự kiện: chưa có", "Subscription: none"],
  refusedBlocked: [
    "Bạn đang chặn trang này nên không gửi được.",
    "You have blocked this page, so nothing can be sent.",
  ],
  refusedEditOwn: ["Chỉ sửa được chữ bạn đã gửi.", "Only your own text can be edited."],
  refusedEditCount: ["Một tin chỉ sửa được năm lần.", "A message can be edited five times."],
  refusedEditLate: [
    "Quá 15 phút nên không sửa được nữa.",
    "Past 15 minutes a message can no longer be edited.",
  ],
  noAccess: ["ẩn hồ sơ", "hidden profile"],
  phoneMade: ["tạo bằng số điện thoại", "made from a phone number"],
  sending: ["đang gửi", "sending"],
  delivered: ["đã nhận", "taken"],
  waiting: ["chờ thử lại", "waiting"],
  lost: ["bị mất", "lost"],
} satisfies Record<string, [vi: string, en: string]>;

export const { t, applyStaticText } = wordsOf(TEXT);
export type TextKey = Parameters<typeof t>[0];

const REFUSALS: Record<string, TextKey> = {
  blocked: "refusedBlocked",
  "edit-own": "refusedEditOwn",
  "edit-count": "refusedEditCount",
  "edit-late": "refusedEditLate",
  "no-message": "gone",
};

export function refusal(code: string): string | undefined {
  const key = REFUSALS[code];
  return key && t(key);
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function duration(ms: number): string {
  if (ms >= DAY) return t("days", Math.floor(ms / DAY), Math.floor((ms % DAY) / HOUR));
  if (ms >= HOUR) return t("hours", Math.floor(ms / HOUR), Math.floor((ms % HOUR) / MINUTE));
  return t("minutes", Math.max(1, Math.floor(ms / MINUTE)));
}
