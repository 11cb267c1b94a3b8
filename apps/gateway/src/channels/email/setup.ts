import type { AccountField, AccountSetup } from "@tongdai/shared";
import { field, words } from "../kit/setup.ts";

const tls = [
  { value: "tls", label: words("TLS ngay từ đầu", "TLS from the beginning") },
  { value: "starttls", label: words("STARTTLS", "STARTTLS") },
  { value: "none", label: words("Không mã hoá (chỉ trên máy này)", "None (this machine only)") },
];
const byToken = { field: "login", is: ["google", "microsoft"] };
const optional = { required: false } as const;

const server: AccountField[] = [
  field({ name: "imapHost", kind: "text", label: words("Máy chủ IMAP", "IMAP server") }),
  field({
    name: "imapPort",
    kind: "text",
    ...optional,
    label: words("Cổng IMAP", "IMAP port"),
    hint: words("993 nếu bỏ trống", "993 when left empty"),
  }),
  field({
    name: "imapSecurity",
    kind: "choice",
    ...optional,
    options: tls,
    defaultValue: "tls",
    label: words("Mã hoá IMAP", "IMAP encryption"),
  }),
  field({ name: "smtpHost", kind: "text", label: words("Máy chủ SMTP", "SMTP server") }),
  field({
    name: "smtpPort",
    kind: "text",
    ...optional,
    label: words("Cổng SMTP", "SMTP port"),
    hint: words(
      "465 nếu bỏ trống; với STARTTLS thường là 587",
      "465 when left empty; with STARTTLS usually 587",
    ),
  }),
  field({
    name: "smtpSecurity",
    kind: "choice",
    ...optional,
    options: tls,
    defaultValue: "tls",
    label: words("Mã hoá SMTP", "SMTP encryption"),
  }),
];

const login: AccountField[] = [
  field({
    name: "login",
    kind: "choice",
    defaultValue: "password",
    options: [
      { value: "password", label: words("Mật khẩu", "Password") },
      { value: "google", label: words("Google (OAuth)", "Google (OAuth)") },
      { value: "microsoft", label: words("Microsoft 365 (OAuth)", "Microsoft 365 (OAuth)") },
    ],
    label: words("Đăng nhập bằng", "Log in with"),
  }),
  field({
    name: "user",
    kind: "text",
    ...optional,
    label: words("Tên đăng nhập", "User name"),
    hint: words("Bỏ trống nếu là địa chỉ thư", "Leave it empty where it is the address"),
  }),
  field({
    name: "password",
    kind: "secret",
    when: { field: "login", is: ["password"] },
    label: words("Mật khẩu", "Password"),
    hint: words("Với Gmail: mật khẩu ứng dụng", "With Gmail: an app password"),
  }),
  field({
    name: "clientId",
    kind: "text",
    when: byToken,
    label: words("Client ID", "Client ID"),
  }),
  field({
    name: "clientSecret",
    kind: "secret",
    ...optional,
    when: byToken,
    label: words("Client secret", "Client secret"),
  }),
  field({
    name: "refreshToken",
    kind: "secret",
    when: byToken,
    label: words("Refresh token", "Refresh token"),
  }),
  field({
    name: "tenant",
    kind: "text",
    ...optional,
    when: { field: "login", is: ["microsoft"] },
    label: words("Directory (tenant) ID", "Directory (tenant) ID"),
  }),
];

const more: AccountField[] = [
  field({
    name: "displayName",
    kind: "text",
    ...optional,
    label: words("Tên người gửi", "Sender's name"),
    hint: words("Khách thấy trước địa chỉ", "What customers see before the address"),
  }),
  field({
    name: "aliases",
    kind: "text",
    ...optional,
    label: words("Địa chỉ khác của hộp thư", "Other addresses of the mailbox"),
    hint: words("Cách nhau bằng dấu phẩy", "Between commas"),
  }),
  field({
    name: "folders",
    kind: "text",
    ...optional,
    label: words("Thư mục đọc thêm", "Folders read beside INBOX"),
    hint: words("Cách nhau bằng dấu phẩy", "Between commas"),
  }),
  field({
    name: "sentFolder",
    kind: "text",
    ...optional,
    label: words("Thư mục thư đã gửi", "Folder of what was sent"),
    hint: words(
      "Để thấy cả thư trả lời viết ở chương trình khác",
      "To see answers written in other programs too",
    ),
  }),
  field({
    name: "historyDays",
    kind: "text",
    ...optional,
    label: words("Lấy thư cũ (ngày)", "Days of older mail"),
    hint: words(
      "0 nếu bỏ trống: chỉ thư mới. Thư cũ chỉ để xem",
      "0 when left empty: new mail only. Older mail is history, nobody's work",
    ),
  }),
  field({
    name: "afterwards",
    kind: "choice",
    ...optional,
    defaultValue: "nothing",
    options: [
      { value: "nothing", label: words("Để nguyên", "Leave it as it is") },
      { value: "seen", label: words("Đánh dấu đã đọc", "Mark it read") },
      { value: "move", label: words("Chuyển sang thư mục khác", "Move it to a folder") },
      { value: "delete", label: words("Xoá", "Delete it") },
    ],
    label: words("Thư trên máy chủ sau khi nhận", "Mail on the server once it is here"),
  }),
  field({
    name: "moveTo",
    kind: "text",
    ...optional,
    when: { field: "afterwards", is: ["move"] },
    label: words("Chuyển vào thư mục", "Move to the folder"),
  }),
  field({
    name: "plusAddress",
    kind: "choice",
    ...optional,
    defaultValue: "yes",
    options: [
      { value: "yes", label: words("Có", "Yes") },
      { value: "no", label: words("Không", "No") },
    ],
    label: words("Hộp thư nhận địa chỉ có dấu cộng", "The mailbox takes plus-addresses"),
    hint: words(
      "tên+mã@…: thư trả lời tìm đúng hội thoại dù tiêu đề bị đổi",
      "name+code@…: answers find their conversation whatever becomes of their headers",
    ),
  }),
  field({
    name: "smtpLogin",
    kind: "choice",
    ...optional,
    defaultValue: "same",
    options: [
      { value: "same", label: words("Như IMAP", "As for IMAP") },
      { value: "none", label: words("Không đăng nhập", "None") },
    ],
    label: words("Đăng nhập SMTP", "SMTP login"),
  }),
  field({
    name: "dkimDomain",
    kind: "text",
    ...optional,
    label: words("Tên miền DKIM", "DKIM domain"),
    hint: words("Chỉ khi máy chủ không tự ký", "Only where the server does not sign by itself"),
  }),
  field({ name: "dkimSelector", kind: "text", ...optional, label: words("Selector DKIM", "DKIM selector") }),
  field({
    name: "dkimKey",
    kind: "secret",
    ...optional,
    label: words("Khoá riêng DKIM (PEM)", "DKIM private key (PEM)"),
  }),
];

export const setup: AccountSetup = {
  connect: words("Kết nối hộp thư", "Connect a mailbox"),
  lead: words(
    "Cần địa chỉ máy chủ IMAP và SMTP và cách đăng nhập. Gmail: imap.gmail.com, smtp.gmail.com. Microsoft 365: outlook.office365.com, smtp.office365.com (587, STARTTLS).",
    "You need the names of the IMAP and SMTP servers and a way to log in. Gmail: imap.gmail.com, smtp.gmail.com. Microsoft 365: outlook.office365.com, smtp.office365.com (587, STARTTLS).",
  ),
  fields: [
    field({ name: "address", kind: "text", label: words("Địa chỉ thư", "Address") }),
    ...login,
    ...server,
    ...more,
  ],
  idField: "address",
  webhook: null,
  remedies: {
    login_needed: words(
      "Máy chủ thư từ chối đăng nhập. Xem lời máy chủ ở trên, đặt lại mật khẩu (hoặc mật khẩu ứng dụng, token) rồi lưu. Thư đi được giữ lại và tự gửi khi đăng nhập được.",
      "The mail server refuses the login. Read its words above, give the password (or app password, or token) again and save. Outgoing mail is held and leaves by itself once the login works.",
    ),
    disabled: words(
      "Không đọc được hộp thư: máy chủ IMAP không trả lời hoặc thư mục không còn. Hệ thống tự thử lại; thư đi vẫn gửi.",
      "The mailbox cannot be read: the IMAP server does not answer, or a folder is gone. It is tried again by itself; outgoing mail still leaves.",
    ),
    unreachable: words(
      "Máy chủ SMTP không trả lời. Thư đi được giữ lại và tự gửi khi máy chủ trả lời.",
      "The SMTP server does not answer. Outgoing mail is held and leaves by itself once it does.",
    ),
  },
};
