export const company = {
  label: "Giám sát bên cạnh",
  with: "{{names}} đang cùng xem.",
  mode: { visible: "Bạn đang có mặt.", silent: "Bạn đang xem thầm, không viết cho khách được." },
  joinVisibly: "Vào xem",
  joinSilently: "Xem thầm",
  leave: "Rời",
  whispers: "Lời nhắc thầm, khách không thấy",
  said: "{{name}} nhắc thầm, {{time}}:",
  whisper: "Nhắc thầm",
  placeholder: "Chỉ tổng đài viên và giám sát thấy",
  told: "{{name}} nhắc thầm",
} as const;
