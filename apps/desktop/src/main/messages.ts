const vi = {
  show: "Mở Tongdai",
  quit: "Thoát",
  unread: (n: number) => (n === 0 ? "Tongdai" : `Tongdai: ${n} việc chưa đọc`),
  changeGateway: (url: string) => `Kết nối tới máy chủ ${url}?`,
  changeGatewayDetail: "Bạn sẽ phải đăng nhập lại. Chỉ đồng ý nếu người quản trị đưa địa chỉ này.",
  connect: "Kết nối",
  cancel: "Hủy",
  leave: "Rời khỏi Tongdai?",
  leaveDetail: "Có việc chưa xong, ví dụ một cuộc gọi đang diễn ra.",
  stay: "Ở lại",
  cut: "Cắt",
  copy: "Sao chép",
  paste: "Dán",
  selectAll: "Chọn tất cả",
};

const en: typeof vi = {
  show: "Open Tongdai",
  quit: "Quit",
  unread: (n) => (n === 0 ? "Tongdai" : `Tongdai: ${n} unread`),
  changeGateway: (url) => `Connect to the server ${url}?`,
  changeGatewayDetail:
    "You will have to sign in again. Agree only if your administrator gave you this address.",
  connect: "Connect",
  cancel: "Cancel",
  leave: "Leave Tongdai?",
  leaveDetail: "Something is unfinished, for example a call in progress.",
  stay: "Stay",
  cut: "Cut",
  copy: "Copy",
  paste: "Paste",
  selectAll: "Select all",
};

export type Messages = typeof vi;

export const messagesFor = (locale: string): Messages => (/^en\b/i.test(locale) ? en : vi);
