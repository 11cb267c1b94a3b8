import { type AccountField, type AccountSetup, startWords, stopWords } from "@tongdai/shared";
import { field, words } from "../kit/setup.ts";

const secretOf = (provider: string, name: string, label: string): AccountField =>
  field({
    name,
    kind: "secret",
    label: words(label, label),
    when: { field: "provider", is: [provider] },
  });

const PROVIDERS = {
  esms: "eSMS",
  speedsms: "SpeedSMS",
  stringee: "Stringee",
  twilio: "Twilio",
  smpp: "SMPP",
};

/** Left out: the one that most accounts are registered for. */
const kindsOf = (provider: string, defaultValue: string, options: AccountField["options"]): AccountField =>
  field({
    name: "smsType",
    kind: "choice",
    required: false,
    label: words("Loại tin", "Kind of message"),
    hint: words("Như đã đăng ký với nhà cung cấp", "As registered with the provider"),
    options,
    defaultValue,
    when: { field: "provider", is: [provider] },
  });

const smpp = (name: string, label: AccountField["label"], more: Partial<AccountField> = {}): AccountField =>
  field({ name, kind: "text", label, when: { field: "provider", is: ["smpp"] }, ...more });

const smppFields: readonly AccountField[] = [
  smpp("host", words("Máy chủ SMSC", "SMSC host")),
  smpp("port", words("Cổng", "Port"), {
    required: false,
    hint: words("2775 nếu bỏ trống", "2775 if left empty"),
  }),
  smpp("tls", words("Mã hoá TLS", "TLS"), { kind: "flag", required: false }),
  smpp("systemId", words("System ID", "System ID"), { kind: "secret" }),
  smpp("password", words("Mật khẩu", "Password"), { kind: "secret" }),
  smpp("systemType", words("System type", "System type"), { required: false }),
  smpp("window", words("Cửa sổ", "Window"), {
    required: false,
    hint: words(
      "Số yêu cầu chưa trả lời cùng lúc, 10 nếu bỏ trống",
      "Unanswered requests at once, 10 if left empty",
    ),
  }),
  smpp("longTexts", words("Tin dài", "Long texts"), {
    kind: "choice",
    required: false,
    defaultValue: "parts",
    options: [
      { value: "parts", label: words("Cắt thành các phần (UDH)", "In parts (UDH)") },
      { value: "payload", label: words("Nguyên vẹn (message_payload)", "Whole (message_payload)") },
    ],
  }),
  smpp("receiptIds", words("Mã trong báo cáo", "Ids in receipts"), {
    kind: "choice",
    required: false,
    defaultValue: "same",
    options: [
      { value: "same", label: words("Như khi gửi", "As in answers") },
      {
        value: "other_base",
        label: words("Hệ thập phân và thập lục lẫn lộn", "Decimal and hexadecimal differ"),
      },
    ],
  }),
];

export const setup: AccountSetup = {
  connect: words("Kết nối đầu số SMS", "Connect a text message sender"),
  lead: words(
    "Lấy các giá trị này ở trang quản lý của nhà cung cấp.",
    "You find these values at the provider's console.",
  ),
  fields: [
    field({
      name: "provider",
      kind: "choice",
      label: words("Nhà cung cấp", "Provider"),
      options: Object.entries(PROVIDERS).map(([value, name]) => ({ value, label: words(name, name) })),
    }),
    field({
      name: "sender",
      kind: "text",
      label: words("Brandname hoặc số gửi", "Brandname or number"),
      hint: words("Số viết có dấu +", "A number with its +"),
    }),
    field({
      name: "webhookSecret",
      kind: "word",
      label: words("Mã trong địa chỉ webhook", "Word in the webhook's address"),
      when: { field: "provider", is: ["esms", "speedsms", "stringee"] },
    }),
    kindsOf("esms", "2", [
      { value: "2", label: words("Chăm sóc khách hàng (brandname)", "Customer care (brandname)") },
      { value: "8", label: words("Từ số cố định", "From a fixed number") },
    ]),
    kindsOf("speedsms", "3", [
      { value: "3", label: words("Brandname riêng", "Own brandname") },
      { value: "4", label: words("Brandname chung", "Shared brandname") },
      { value: "2", label: words("Từ số ngẫu nhiên", "From a random number") },
      { value: "5", label: words("Điện thoại Android của mình", "Own Android telephone") },
    ]),
    secretOf("esms", "apiKey", "API key"),
    secretOf("esms", "secretKey", "Secret key"),
    secretOf("speedsms", "accessToken", "Access token"),
    secretOf("stringee", "keySid", "API key SID"),
    secretOf("stringee", "keySecret", "API key secret"),
    field({
      name: "accountSid",
      kind: "text",
      label: words("Account SID", "Account SID"),
      when: { field: "provider", is: ["twilio"] },
    }),
    secretOf("twilio", "authToken", "Auth token"),
    ...smppFields,
    field({
      name: "perSecond",
      kind: "text",
      required: false,
      label: words("Số tin mỗi giây", "Texts a second"),
      hint: words(
        "Theo hợp đồng. Bỏ trống: 10 với SMPP, 1 với nhà cung cấp khác",
        "As agreed. Left empty: 10 by SMPP, 1 by the others",
      ),
    }),
    field({
      name: "stopWords",
      kind: "text",
      required: false,
      label: words("Từ khách nhắn để từ chối", "Words that refuse"),
      hint: words(
        `Cách nhau bằng dấu phẩy, tính khi là cả tin. STOP và TC luôn có. Bỏ trống: ${stopWords.join(", ")}`,
        `Separated by commas, taken when they are the whole text. STOP and TC always count. Left empty: ${stopWords.join(", ")}`,
      ),
    }),
    field({
      name: "startWords",
      kind: "text",
      required: false,
      label: words("Từ khách nhắn để nhận lại", "Words that agree again"),
      hint: words(`Bỏ trống: ${startWords.join(", ")}`, `Left empty: ${startWords.join(", ")}`),
    }),
  ],
  idField: "sender",
  webhook: {
    field: null,
    hint: words("Dán địa chỉ này ở trang của nhà cung cấp.", "Paste this address at the provider."),
    // SMPP keeps a connection instead.
    when: { field: "provider", is: ["esms", "speedsms", "stringee", "twilio"] },
  },
  remedies: {},
};
