/** Writing first: a conversation that an agent begins. */
export const begin = {
  title: "Hội thoại mới",
  to: "Gửi tới",
  toHint: "Số điện thoại, e-mail hoặc tên khách",
  writeTo: "Nhắn tới {{address}}",
  change: "Chọn người khác",
  from: "Gửi bằng",
  address: "Địa chỉ",
  subject: "Tiêu đề",
  text: "Nội dung",
  send: "Gửi",
  noAccount: "Bạn chưa có kênh nào nhắn được tới địa chỉ này",
  noAddress: "Khách này chưa có địa chỉ nào",
  obstructed: "{{address}}: {{obstacle}}",
} as const;
