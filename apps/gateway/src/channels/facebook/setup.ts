import type { AccountSetup } from "@tongdai/shared";
import { field, words } from "../kit/setup.ts";

export const setup: AccountSetup = {
  connect: words("Kết nối trang Facebook", "Connect a Facebook page"),
  lead: words(
    "Lấy các giá trị này ở developers.facebook.com, trong ứng dụng của bạn.",
    "You find these values at developers.facebook.com, in your app.",
  ),
  fields: [
    field({
      name: "pageId",
      kind: "text",
      label: words("ID trang", "Page ID"),
      hint: words("Dãy số, ở phần Giới thiệu của trang", "Digits, in the page's About section"),
    }),
    field({
      name: "appId",
      kind: "text",
      label: words("ID ứng dụng", "App ID"),
      hint: words("Dãy số, đầu trang quản lý ứng dụng", "Digits, at the top of the app dashboard"),
    }),
    field({
      name: "appSecret",
      kind: "secret",
      label: words("Khoá bí mật của ứng dụng", "App secret"),
      hint: words("Cài đặt ứng dụng, mục Thông tin cơ bản", "App settings, Basic"),
    }),
    field({
      name: "verifyToken",
      kind: "word",
      label: words("Mã xác minh webhook", "Webhook verify token"),
      hint: words("Tự đặt, dán cùng một mã ở Meta", "Your own word; paste the same at Meta"),
    }),
    field({
      name: "pageToken",
      kind: "secret",
      label: words("Mã truy cập trang", "Page access token"),
      hint: words(
        "Messenger, mục Mã truy cập. Lưu rồi thì không xem lại được",
        "Messenger, Access tokens. Once saved it is never shown again",
      ),
    }),
  ],
  idField: "pageId",
  webhook: {
    field: "appId",
    hint: words(
      "Trong Messenger, mục Webhooks: dán địa chỉ này và mã xác minh. Meta phải tới được địa chỉ này từ Internet.",
      "In Messenger, under Webhooks: paste this address and the verify token. Meta must reach this address from the Internet.",
    ),
  },
  remedies: {
    never_heard: words(
      "Hơn một ngày từ khi kết nối mà chưa nhận được gì. Xem ở Meta: webhook của ứng dụng đã chọn đủ mục chưa, trang đã đăng ký chưa, ứng dụng đã chuyển sang chế độ trực tiếp chưa. Sau đó nhắn thử cho trang và bấm Kiểm tra ngay.",
      "Nothing has come in since it was connected more than a day ago. Look at Meta: are the webhook's fields of the app ticked, is the page subscribed, is the app live? Then write to the page and press Check now.",
    ),
    login_needed: words(
      "Mã truy cập không còn dùng được. Lấy mã mới cho trang ở Meta, bấm Sửa và dán vào. Tin đi được giữ lại, sẽ tự gửi khi kết nối xong.",
      "The access token no longer works. Get a new one for the page at Meta, press Edit and paste it. Outgoing messages are held and go out by themselves once it is connected.",
    ),
    restricted: words(
      "Meta đang hạn chế trang này. Mở Chất lượng trang ở Meta để xem lý do và khiếu nại, rồi bấm Kiểm tra ngay.",
      "Meta restricts this page. Open Page Quality at Meta to see why and to appeal, then press Check now.",
    ),
    disabled: words(
      "Trang không còn chuyển tin về đây. Bấm Kiểm tra ngay để đăng ký lại; nếu vẫn lỗi, xem lại webhook ở Meta.",
      "The page no longer passes messages on to us. Press Check now to subscribe again; if that fails, look at the webhook at Meta.",
    ),
  },
};
