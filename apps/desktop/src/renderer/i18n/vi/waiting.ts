/** What a queue does with whoever waits long, and what customers are told. */
export const waiting = {
  steps: "Khi khách chờ lâu",
  stepsHint:
    "Tính từ lúc khách nhắn, không tính lúc hàng chờ đóng cửa. Có người nhận thì các bước còn lại bỏ qua.",
  none: "Khách chờ đến khi có người nhận",
  add: "Thêm bước",
  remove: "Bỏ bước {{step}}",
  after: "Sau khi chờ",
  minutes: "phút",
  action: "Thì",
  actions: {
    message: "nhắn cho khách",
    ticket: "tạo phiếu và kết thúc",
    call_back: "hẹn gọi lại và kết thúc",
    move: "chuyển sang hàng chờ khác",
  },
  actionHint: {
    ticket: "Phiếu gắn với phiên xử lý; phiên được đóng vì đã chờ quá lâu.",
    call_back: "Một phiếu gọi lại, hạn là lần mở cửa kế tiếp; phiên được đóng.",
    move: "Khách giữ thời gian đã chờ; các bước của hàng chờ kia tính từ lúc chuyển.",
  },
  toQueue: "Hàng chờ",
  messageOf: "Lời nhắn của bước {{step}}",
  messageExample: "Dạ bên em đang đông khách, anh/chị chờ giúp em thêm ít phút ạ.",
  order: "Phải sau bước ở trên",
  afterEnd: "Bước ở trên đã kết thúc việc chờ",
  noWords: "Hãy viết lời nhắn",
  place: "Vị trí trong hàng",
  tells: "Báo cho khách vị trí và thời gian chờ dự kiến",
  tellsHint: "Gửi ngay khi bắt đầu chờ, trên kênh nhận được tin tự động như Messenger.",
  placeText: "Lời báo",
  placeTextHint:
    "{{position}} là vị trí, {{minutes}} là số phút đã làm tròn. Dòng nào chưa biết số thì bỏ qua.",
  placeExample:
    "Dạ anh/chị đang ở vị trí {{position}} trong hàng chờ.\nEm dự kiến trả lời sau khoảng {{minutes}} phút ạ.",
  example: "Ví dụ:",
  needsNumber: "Phải có {{position}} hoặc {{minutes}}",
  every: "Báo lại nhiều nhất mỗi",
  everyHint: "Chỉ khi vị trí tốt hơn; để trống: một lần",
} as const;
