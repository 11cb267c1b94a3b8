export type Language = "vi" | "en";
type Pair = readonly [vi: string, en: string];

const asked = new URLSearchParams(location.search);
let language: Language = (asked.get("lang") ?? localStorage.getItem("language")) === "en" ? "en" : "vi";

export const currentLanguage = (): Language => language;
export const inLanguage = ([vi, en]: Pair): string => (language === "vi" ? vi : en);

/** What every page says. */
const COMMON = {
  person: ["Bạn đóng vai", "You play"],
  page: ["Nhắn cho", "Writing to"],
  panel: ["Điều khiển", "Controls"],
  otherLanguage: ["English", "Tiếng Việt"],
  conversation: ["Cuộc trò chuyện", "Conversation"],
  typing: ["Đang soạn tin", "Typing"],
  disconnected: ["Mất kết nối, đang nối lại…", "Connection lost, trying again…"],
  write: ["Nhắn tin…", "Message…"],
  send: ["Gửi", "Send"],
  picture: ["Chọn ảnh hoặc tệp", "Choose a picture or file"],
  file: ["Chọn tệp", "Choose a file"],
  empty: [
    "Chưa có tin nhắn. Hãy gửi lời chào để mở cuộc trò chuyện.",
    "Nothing here yet. Say hello to open the conversation.",
  ],
  timeTitle: ["Thời hạn trả lời", "Reply window"],
  moreTitle: ["Bạn còn có thể", "You can also"],
  faultTitle: ["Gây sự cố", "Cause trouble"],
  faultHelp: [
    "Mỗi công tắc làm dịch vụ giả lập hỏng theo một cách có thật.",
    "Each switch makes the simulated service fail in a way the real one does.",
  ],
  logTitle: ["Sự kiện gửi tới tổng đài", "Events sent to the contact centre"],
  logEmpty: ["Chưa gửi gì.", "Nothing sent yet."],
  back: ["Về hiện tại", "Back to now"],
  travelled: ["Đồng hồ đang tua {0}.", "The clock is {0} ahead."],
  subject: ["Tiêu đề", "Subject"],
  tooBig: ["Tệp lớn hơn 25 MB", "The file is over 25 MB"],
} satisfies Record<string, Pair>;

/** The words of one page over those that all share. */
export function wordsOf<K extends string>(own: Record<K, Pair>) {
  type Key = K | keyof typeof COMMON;
  const text: Record<string, Pair> = { ...COMMON, ...own };
  const t = (key: Key, ...values: (string | number)[]): string =>
    inLanguage(text[key] ?? [key, key]).replace(/\{(\d)\}/g, (_match, index: string) =>
      String(values[Number(index)] ?? ""),
    );
  const isKey = (key: string | undefined): key is Key => key !== undefined && Object.hasOwn(text, key);
  return {
    t,
    /** Puts the present language into what stands in the page. */
    applyStaticText(): void {
      document.documentElement.lang = language;
      document.title = inLanguage(text["title"] ?? COMMON.page);
      for (const element of document.querySelectorAll<HTMLElement>("[data-t]")) {
        const key = element.dataset["t"];
        if (isKey(key)) element.textContent = t(key);
      }
      for (const element of document.querySelectorAll<HTMLElement>("[data-t-label]")) {
        const key = element.dataset["tLabel"];
        if (isKey(key)) element.setAttribute("aria-label", t(key));
      }
    },
  };
}

export function turnLanguage(): void {
  language = language === "vi" ? "en" : "vi";
  localStorage.setItem("language", language);
}
