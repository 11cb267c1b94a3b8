const vi = {
  show: "Mở Tongdai",
  quit: "Thoát",
  unread: (n: number) => (n === 0 ? "Tongdai" : `Tongdai: ${n} việc chưa đọc`),
  changeGateway: (url: string) => `Kết nối tới máy chủ ${url}?`,
  changeGatewayDetail: "Bạn sẽ phải đăng nhập lại. Chỉ đồng ý nếu người quản trị đưa địa chỉ này.",
  connect: "Kết nối",
  cancel: "Hủy",
  leave: "Rời khỏi Tongdai?",
  leaveDetail: "Bạn còn việc chưa xong. Ở lại để chọn việc đó sẽ ra sao.",
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
  leaveDetail: "You have unfinished work. Stay to choose what becomes of it.",
  stay: "Stay",
  cut: "Cut",
  copy: "Copy",
  paste: "Paste",
  selectAll: "Select all",
};

export type Messages = typeof vi;

export const messagesFor = (locale: string): Messages => (/^en\b/i.test(locale) ? en : vi);
