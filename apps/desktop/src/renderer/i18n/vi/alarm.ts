/** Điều kênh cho biết về tài khoản, và điều cần làm trước khi hỏng. */
export const alarm = {
  label: {
    expiry: "Quyền đã cấp",
    messages: "Hạn mức tin",
    templates: "Hạn mức tin mẫu",
    storage: "Chỗ trong hộp thư",
    balance: "Số dư",
    permissions: "Quyền còn thiếu",
  },
  /** Hạn mức nào. */
  low: { messages: "gửi tin", templates: "tin mẫu", storage: "chỗ trong hộp thư" },
  expires: "đến {{date}}, còn {{time}}",
  ended: "đã hết từ {{date}}",
  renews: "tự gia hạn khi máy chủ chạy",
  quota: "còn {{left}} trên {{total}}",
  quotaLeft: "còn {{left}}",
  resets: "đầy lại {{time}}",
  asOf: "Kênh báo",
  line: {
    expiry: "Quyền đã cấp hết lúc {{time}}. Sau đó không nhận và gửi được tin.",
    quota: "Hạn mức {{of}} gần hết, đầy lại lúc {{time}}.",
    quotaForGood: "Hạn mức {{of}} gần hết.",
    permissions: "Thiếu quyền để nhận và gửi tin.",
    connect: "Bấm Kết nối và chấp thuận lại ở kênh.",
    save: "Lấy quyền mới ở kênh rồi dán vào biểu mẫu của tài khoản.",
  },
  banner: {
    expiry: "{{name}}: quyền đã cấp hết lúc {{time}}. Hãy kết nối lại trước lúc đó",
    quota: "{{name}}: hạn mức {{of}} gần hết",
    permissions: "{{name}}: thiếu quyền để nhận và gửi tin",
  },
} as const;
