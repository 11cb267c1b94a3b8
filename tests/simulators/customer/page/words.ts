import { wordsOf } from "../../kit/page/words.ts";

export const { t, applyStaticText } = wordsOf({
  title: ["Bạn là khách hàng", "You are the customer"],
  help: [
    "Mỗi cột là một kênh của cùng một người. Tin bạn viết đến bàn làm việc của nhân viên.",
    "Each column is a channel of the same person. What you write comes to the agents' desk.",
  ],
  add: ["Thêm người", "Add a person"],
  remove: ["Bỏ {0}", "Remove {0}"],
  channels: ["Kênh", "Channels"],
  calls: ["Gọi điện", "Call"],
  facebook: ["Messenger", "Messenger"],
  zalo: ["Zalo", "Zalo"],
  sms: ["Tin nhắn", "Text message"],
  email: ["E-mail", "E-mail"],
});
