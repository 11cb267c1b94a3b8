/** Tin nhắn tính tiền theo phần. */
export const counter = {
  parts_other: "{{count}} tin SMS",
  gsm7: "chữ không dấu",
  ucs2: "Unicode",
  left: "còn {{count}} ký tự",
  costly: "{{letters}} làm mỗi tin chỉ còn 70 ký tự thay vì 160",
  plain: "Bỏ dấu ({{count}} tin)",
  undo: "Lấy lại dấu",
  oneWay: "Khách không trả lời được brandname này.",
} as const;
