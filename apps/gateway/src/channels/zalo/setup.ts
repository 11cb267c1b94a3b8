import type { AccountSetup } from "@tongdai/shared";
import { field, words } from "../kit/setup.ts";

export const setup: AccountSetup = {
  connect: words("Kết nối Zalo Official Account", "Connect a Zalo Official Account"),
  lead: words(
    "Lấy các giá trị này ở developers.zalo.me, trong ứng dụng đã liên kết với OA.",
    "You find these values at developers.zalo.me, in the app that the account is linked to.",
  ),
  fields: [
    field({
      name: "oaId",
      kind: "text",
      label: words("ID của OA", "OA ID"),
      hint: words(
        "Dãy số, trong oa.zalo.me, mục Thông tin tài khoản",
        "Digits, at oa.zalo.me under the account's information",
      ),
    }),
    field({
      name: "appId",
      kind: "text",
      label: words("ID ứng dụng", "App ID"),
      hint: words("Dãy số, đầu trang quản lý ứng dụng", "Digits, at the top of the app's page"),
    }),
    field({
      name: "appSecret",
      kind: "secret",
      label: words("Khoá bí mật của ứng dụng", "App secret key"),
      hint: words("Ứng dụng, mục Cài đặt", "The app's settings"),
    }),
    field({
      name: "oaSecret",
      kind: "secret",
      label: words("OA Secret Key", "OA Secret Key"),
      hint: words(
        "Ứng dụng, mục Webhook. Khác với khoá bí mật của ứng dụng",
        "On the app's webhook page; another word than the app's secret",
      ),
    }),
    field({
      name: "refreshToken",
      kind: "secret",
      required: false,
      label: words("Refresh token", "Refresh token"),
      hint: words(
        "Bỏ trống nếu kết nối bằng trang cấp quyền của Zalo. Chỉ dán khi lấy từ API Explorer",
        "Leave it empty to connect by Zalo's permission page; only for one taken from the API Explorer",
      ),
    }),
    field({
      name: "codeVerifier",
      kind: "secret",
      required: false,
      label: words("Code verifier", "Code verifier"),
      hint: words(
        "Chỉ khi trang ứng dụng giữ sẵn một code challenge: 43 ký tự của nó",
        "Only where the app's console keeps one code challenge: the 43 signs that belong to it",
      ),
    }),
    field({
      name: "proof",
      kind: "flag",
      required: false,
      label: words("Ứng dụng đòi appsecret_proof", "The app wants appsecret_proof"),
      hint: words("Chỉ bật khi ứng dụng bật xác minh lời gọi API", "Only where the app verifies API calls"),
    }),
  ],
  idField: "oaId",
  consent: true,
  consentUnless: "refreshToken",
  webhook: {
    field: "appId",
    hint: words(
      "Trong ứng dụng, mục Webhook: dán địa chỉ này, chọn mọi sự kiện, bật gửi lại webhook và tắt lọc cú pháp.",
      "On the app's webhook page: paste this address, tick every event, switch webhook retry on and the syntax filter off.",
    ),
  },
  remedies: {
    never_heard: words(
      "Hơn một ngày từ khi kết nối mà chưa nhận được gì. Xem ở Zalo: địa chỉ webhook, các sự kiện đã bật, lọc cú pháp đã tắt, OA đã liên kết với ứng dụng. Sau đó nhắn thử cho OA và bấm Kiểm tra ngay.",
      "Nothing has come in since it was connected more than a day ago. Look at Zalo: the webhook's address, its events ticked, the syntax filter off, the account linked to the app. Then write to the account and press Check now.",
    ),
    silent: words(
      "Hơn một ngày không có tin đến. Zalo tắt webhook sau nhiều lần gửi không được: xem trang Webhook của ứng dụng, bật lại, rồi nhắn thử cho OA.",
      "Nothing came in for more than a day. Zalo switches a webhook off after failed deliveries: look at the app's webhook page, switch it on again, then write to the account.",
    ),
    login_needed: words(
      "Zalo không còn nhận quyền đã cấp. Bấm Kết nối và chấp thuận lại ở Zalo. Tin đi được giữ lại, sẽ tự gửi khi kết nối xong.",
      "Zalo no longer takes the permission that was given. Press Connect and approve again at Zalo. Outgoing messages are held and go out by themselves once it is connected.",
    ),
    restricted: words(
      "Zalo đang chặn gửi: OA chưa xác thực, gói dịch vụ, hạn mức hoặc Zalo Cloud Account. Xem lời Zalo ở trên, xử lý ở oa.zalo.me, rồi bấm Kiểm tra ngay.",
      "Zalo forbids sending: the account is not verified, its package, its quota or its Zalo Cloud Account. Read Zalo's words above, settle it at oa.zalo.me, then press Check now.",
    ),
  },
};
