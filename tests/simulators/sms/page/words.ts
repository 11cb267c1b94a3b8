const vi = {
  title: "Điện thoại của khách",
  phone: "Số của bạn",
  sender: "Nhắn với",
  send: "Gửi",
  write: "Soạn tin nhắn",
  faults: "Trục trặc",
  empty: "Chưa có tin nào. Nhắn thử một câu.",
  oneWay: "Brandname này chỉ gửi đi. Bạn không trả lời được.",
  accepted: "đang đi",
  delivered: "",
  failed: "không tới",
  refused: "Tổng đài không nhận tin",
  offline: "Mất kết nối với trình giả lập",
} as const;

type Words = Readonly<Record<keyof typeof vi, string>>;

const en: Words = {
  title: "The customer's phone",
  phone: "Your number",
  sender: "Texts with",
  send: "Send",
  write: "Write a text",
  faults: "Troubles",
  empty: "No texts yet. Write one.",
  oneWay: "This brandname only sends. You cannot answer it.",
  accepted: "on its way",
  delivered: "",
  failed: "did not arrive",
  refused: "The contact centre did not take the text",
  offline: "The simulator is not reached",
};

let language: "vi" | "en" = navigator.language.startsWith("en") ? "en" : "vi";

export const current = () => language;
export const turn = (): void => {
  language = language === "vi" ? "en" : "vi";
};
export const t = (word: keyof typeof vi): string => (language === "vi" ? vi : en)[word];
export const isWord = (word: string): word is keyof typeof vi => Object.hasOwn(vi, word);
