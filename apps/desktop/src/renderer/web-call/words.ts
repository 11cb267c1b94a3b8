import type { CallEnd } from "./state.ts";

export type Language = "vi" | "en";
type Pair = readonly [vi: string, en: string];

const texts = {
  title: ["Gọi cho chúng tôi", "Call us"],
  open: ["Gọi cho chúng tôi", "Call us"],
  close: ["Đóng", "Close"],
  intro: [
    "Gọi miễn phí ngay từ trang này, bằng micrô của máy bạn.",
    "Call free of charge from this page, with your computer's microphone.",
  ],
  call: ["Gọi", "Call"],
  again: ["Gọi lại", "Call again"],
  hangUp: ["Gác máy", "Hang up"],
  mute: ["Tắt micrô", "Mute"],
  music: ["Nhạc chờ", "Music"],
  level: ["Micrô của bạn", "Your microphone"],
  asking: ["Hãy cho phép trang dùng micrô", "Allow this page to use your microphone"],
  connecting: ["Đang kết nối…", "Connecting…"],
  waiting: ["Bạn đang trong hàng chờ", "You are in the line"],
  next: ["Bạn là người tiếp theo", "You are next in the line"],
  place: ["Bạn ở vị trí {0} trong hàng chờ", "You are number {0} in the line"],
  ringing: ["Máy của nhân viên đang đổ chuông", "It rings at an agent's phone"],
  talking: ["Đang nói chuyện", "Talking"],
  onHold: ["Nhân viên tạm giữ máy, xin chờ một lát", "The agent has put you on hold for a moment"],
  muted: ["Micrô của bạn đang tắt", "Your microphone is off"],
  broken: ["Mất âm thanh, đang nối lại…", "No sound, trying again…"],
} satisfies Record<string, Pair>;

const over: Pair = ["Cuộc gọi đã kết thúc.", "The call has ended."];
const nobody: Pair = [
  "Hiện chưa có ai nghe máy được. Cuộc gọi của bạn đã được ghi lại.",
  "Nobody can take the call right now. It has been noted.",
];
const failed: Pair = [
  "Không gọi được. Hãy kiểm tra mạng rồi gọi lại.",
  "The call failed. Check your network and call again.",
];

const ends: Record<CallEnd, Pair> = {
  hung_up: over,
  peer_hung_up: over,
  transferred: over,
  withdrawn: over,
  answered_elsewhere: over,
  declined: nobody,
  busy: nobody,
  no_answer: nobody,
  not_found: nobody,
  refused: failed,
  failed,
  connection_lost: [
    "Mất kết nối. Hãy kiểm tra mạng rồi gọi lại.",
    "The connection was lost. Check your network and call again.",
  ],
  microphone_denied: [
    "Trình duyệt đang chặn micrô. Bấm biểu tượng cạnh địa chỉ trang, cho phép micrô, rồi gọi lại.",
    "The browser blocks the microphone. Click the sign beside the page's address, allow the microphone and call again.",
  ],
  microphone_missing: [
    "Không thấy micrô nào. Hãy cắm tai nghe hoặc micrô rồi gọi lại.",
    "No microphone was found. Plug in a headset or microphone and call again.",
  ],
  not_secure: [
    "Chỉ gọi được từ trang có địa chỉ https.",
    "Calls work only from a page whose address begins with https.",
  ],
  not_allowed: ["Hiện không gọi được từ trang này.", "Calls from this page are not possible right now."],
  too_often: [
    "Bạn vừa gọi nhiều lần. Hãy thử lại sau một phút.",
    "You called often just now. Try again in a minute.",
  ],
};

export interface Words {
  t(key: keyof typeof texts, value?: number): string;
  end(end: CallEnd): string;
}

export function wordsIn(language: Language): Words {
  const pick = ([vi, en]: Pair): string => (language === "vi" ? vi : en);
  return {
    t: (key, value) => pick(texts[key]).replace("{0}", String(value ?? "")),
    end: (end) => pick(ends[end]),
  };
}

/** Something to be done about it, or only an end. */
export const isTrouble = (end: CallEnd): boolean => ends[end] !== over;
