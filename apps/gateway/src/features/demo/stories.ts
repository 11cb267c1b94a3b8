import type { ChannelId, TicketPriority, TicketStatus } from "@tongdai/shared";
import type { FileName } from "./demo-letters.ts";

/** What happened with the demo's customers before today. Times are told from the day of the first start. */
export interface Story {
  /** The name of one of the people in demo.json, which says to which account they write and when they did last. */
  readonly who: string;
  /** Where they are called so; `facebook` unless told. */
  readonly on?: ChannelId;
  /** Of their letters. */
  readonly subject?: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly earlier?: readonly PastVisit[];
  readonly last: Visit;
}

export interface Visit {
  /** Username of the agent. */
  readonly by: string;
  readonly disposition: string;
  /** What an agent said last may not have arrived; letters may hold a file. */
  readonly lines: readonly (readonly [who: "customer" | "agent", text: string, more?: "failed" | FileName])[];
  readonly ticket?: StoryTicket;
}

export interface PastVisit extends Visit {
  readonly daysAgo: number;
  /** Hour of the day in Vietnam. */
  readonly hour: number;
}

export interface StoryTicket {
  readonly subject: string;
  readonly priority: TicketPriority;
  /** Where it stands now. */
  readonly status: TicketStatus;
  /** Username, or nobody. */
  readonly owner: string | null;
  /** From today; negative is overdue. */
  readonly dueInDays: number | null;
  readonly comments: readonly string[];
}

export const replies: readonly (readonly [shortcut: string, text: string])[] = [
  ["chao", "Dạ Sen Việt xin chào anh/chị ạ! Em có thể hỗ trợ gì cho mình ạ?"],
  ["cho", "Dạ anh/chị chờ em kiểm tra một chút nhé ạ."],
  ["sdt", "Dạ anh/chị cho em xin số điện thoại đặt hàng để em kiểm tra đơn ạ."],
  ["diachi", "Dạ anh/chị cho em xin địa chỉ nhận hàng (số nhà, phường/xã, quận/huyện, tỉnh/thành) ạ."],
  [
    "ship",
    "Dạ phí giao hàng là 25.000đ, miễn phí cho đơn từ 500.000đ. Nội thành 1–2 ngày, các tỉnh 3–5 ngày ạ.",
  ],
  ["doitra", "Dạ bên em hỗ trợ đổi trả trong 7 ngày nếu sản phẩm còn nguyên tem và hoá đơn ạ."],
  ["baohanh", "Dạ sản phẩm được bảo hành 12 tháng. Anh/chị gửi giúp em ảnh sản phẩm và số sê-ri nhé ạ."],
  ["xinloi", "Dạ em thành thật xin lỗi anh/chị vì sự bất tiện này. Em sẽ xử lý ngay ạ."],
  ["camon", "Dạ em cảm ơn anh/chị đã liên hệ Sen Việt. Chúc anh/chị một ngày tốt lành ạ!"],
];

/** On Messenger. */
export const messengerStories: readonly Story[] = [
  {
    who: "Phạm Thị Thu Trang",
    attributes: { "Điện thoại": "0903 214 778", "Thành phố": "TP. Hồ Chí Minh", Hạng: "Vàng" },
    tags: ["khách quen"],
    earlier: [
      {
        daysAgo: 21,
        hour: 9,
        by: "lan",
        disposition: "Đã tư vấn › Sản phẩm",
        lines: [
          ["customer", "Shop ơi bộ ấm trà men ngọc còn không ạ?"],
          ["agent", "Dạ còn chị ơi, bộ 6 tách giá 680.000đ, chị ở khu vực nào để em tính phí giao ạ?"],
          ["customer", "Mình ở quận 7. Lấy 1 bộ nhé"],
          ["agent", "Dạ nội thành miễn phí giao hàng ạ. Em lên đơn SV-10382 cho chị rồi nhé."],
        ],
      },
    ],
    last: {
      by: "lan",
      disposition: "Cần theo dõi",
      lines: [
        ["customer", "Em ơi bộ ấm hôm trước có 1 tách bị sứt miệng"],
        ["customer", "Chị mới mở hộp ra thấy"],
        ["agent", "Dạ em xin lỗi chị ạ. Chị cho em xin ảnh chiếc tách với mã đơn SV-10382 nhé."],
        ["agent", "Em đã tạo phiếu đổi, kho sẽ gửi bù cho chị 1 tách trong 2 ngày ạ."],
      ],
      ticket: {
        subject: "Đổi 1 tách trà bị sứt miệng, đơn SV-10382",
        priority: "normal",
        status: "open",
        owner: "lan",
        dueInDays: 1,
        comments: ["Đã báo kho Tân Bình, chờ mã vận đơn."],
      },
    },
  },
  {
    who: "Nguyễn Hoàng Long",
    attributes: { "Điện thoại": "0918 556 302", "E-mail": "long.nguyen@example.com", "Thành phố": "Hà Nội" },
    tags: [],
    last: {
      by: "lan",
      disposition: "Chuyển bảo hành › Sửa chữa",
      lines: [
        ["customer", "Đèn bàn gốm mua tháng 8 bật không sáng nữa, đã thay bóng rồi"],
        ["agent", "Dạ anh cho em số sê-ri dưới đế đèn ạ."],
        ["customer", "SV-DB-004417"],
        [
          "agent",
          "Dạ đèn còn bảo hành đến tháng 8 năm sau. Anh gửi về trung tâm bảo hành 12 Láng Hạ giúp em nhé.",
        ],
      ],
      ticket: {
        subject: "Bảo hành đèn bàn gốm SV-DB-004417: không lên nguồn",
        priority: "high",
        status: "pending",
        owner: "lan",
        dueInDays: -1,
        comments: ["Khách hẹn gửi hàng trong tuần.", "Đã nhắc khách lần 1."],
      },
    },
  },
  {
    who: "Lê Minh Châu",
    attributes: { "Điện thoại": "0987 120 654", "Thành phố": "Đà Nẵng" },
    tags: ["hỏi giá"],
    last: {
      by: "minh",
      disposition: "Đã tư vấn › Sản phẩm",
      lines: [
        ["customer", "Giá bình hoa sen cao 40cm bao nhiêu vậy shop"],
        ["agent", "Dạ bình hoa sen 40cm giá 1.250.000đ, đang giảm 10% đến cuối tháng ạ."],
        ["customer", "Để mình hỏi chồng đã nha"],
        ["agent", "Dạ vâng, chị cần thêm ảnh thật cứ nhắn em nhé ạ 🌸"],
      ],
    },
  },
  {
    who: "Trần Đức Anh",
    attributes: { "Điện thoại": "0934 771 208", "Công ty": "Nhà hàng Cơm Quê" },
    tags: ["sỉ"],
    last: {
      by: "minh",
      disposition: "Đã báo giá",
      lines: [
        ["customer", "Bên mình mở nhà hàng, cần 200 bát cơm in logo, shop báo giá giúp"],
        [
          "agent",
          "Dạ số lượng 200 bên em giảm 18%, in logo miễn phí. Anh gửi file logo và ngày cần hàng giúp em ạ.",
        ],
        ["customer", "Cần trước ngày 15 tháng sau. Mình gửi logo qua mail"],
        ["agent", "Dạ em chuyển bộ phận sỉ gửi báo giá cho anh trong hôm nay ạ."],
      ],
      ticket: {
        subject: "Báo giá sỉ 200 bát in logo – Cơm Quê",
        priority: "high",
        status: "on_hold",
        owner: "minh",
        dueInDays: 3,
        comments: ["Đã gửi báo giá, chờ khách duyệt mẫu in."],
      },
    },
  },
  {
    who: "Vũ Ngọc Hân",
    attributes: { "Điện thoại": "0976 048 915", "Thành phố": "Hải Phòng" },
    tags: ["khiếu nại"],
    last: {
      by: "ha",
      disposition: "Khiếu nại › Giao trễ",
      lines: [
        ["customer", "Đơn SV-10455 đặt 8 ngày rồi chưa thấy đâu???"],
        ["customer", "Gọi hotline không ai nghe máy, làm ăn kiểu gì vậy"],
        [
          "agent",
          "Dạ em là Hà, giám sát bên Sen Việt. Em rất xin lỗi chị, để em kiểm tra với đơn vị vận chuyển ngay ạ.",
        ],
        [
          "agent",
          "Đơn bị giữ ở kho Hải Phòng do sai số điện thoại. Sáng mai bưu tá giao lại, em hoàn phí giao hàng cho chị ạ.",
        ],
        ["customer", "Ừ mai không có là mình huỷ đơn đó"],
      ],
      ticket: {
        subject: "Giao trễ đơn SV-10455, khách yêu cầu giao lại",
        priority: "urgent",
        status: "open",
        owner: "ha",
        dueInDays: 0,
        comments: ["Đã gọi bưu cục Lạch Tray, xác nhận giao trong buổi sáng."],
      },
    },
  },
  {
    who: "Đỗ Thanh Tùng",
    attributes: { "Điện thoại": "0912 663 047" },
    tags: [],
    last: {
      by: "lan",
      disposition: "Đã giải quyết",
      lines: [
        ["customer", "Mình muốn hỏi trung tâm bảo hành ở Hà Nội mở cửa chủ nhật không?"],
        ["agent", "Dạ trung tâm 12 Láng Hạ mở thứ 2 đến thứ 7, từ 8h đến 17h30 ạ."],
        ["customer", "Ok cảm ơn em"],
      ],
    },
  },
  {
    who: "Bùi Khánh Linh",
    attributes: { "Điện thoại": "0961 339 582", "E-mail": "linh.bui@example.com", Hạng: "Bạc" },
    tags: ["khách quen", "quà tặng"],
    earlier: [
      {
        daysAgo: 28,
        hour: 9,
        by: "lan",
        disposition: "Đã tư vấn › Sản phẩm",
        lines: [
          ["customer", "Shop tư vấn giúp quà tân gia tầm 1 triệu với"],
          ["agent", "Dạ chị tham khảo bộ đĩa treo tường Tứ quý 950.000đ hoặc lọ lộc bình nhỏ 1.100.000đ ạ."],
          ["customer", "Bộ Tứ quý đẹp quá, gói quà giúp mình nha"],
        ],
      },
    ],
    last: {
      by: "minh",
      disposition: "Đã giải quyết",
      lines: [
        ["customer", "Mình cần xuất hoá đơn công ty cho đơn tháng trước được không ạ?"],
        ["agent", "Dạ được chị, chị gửi em tên công ty, mã số thuế và e-mail nhận hoá đơn nhé."],
        ["customer", "Công ty TNHH Mộc An, MST 0312345678, gửi về mail này giúp mình"],
        ["agent", "Dạ kế toán sẽ gửi hoá đơn điện tử trong hôm nay ạ."],
      ],
      ticket: {
        subject: "Xuất hoá đơn VAT cho Công ty TNHH Mộc An",
        priority: "low",
        status: "solved",
        owner: "minh",
        dueInDays: null,
        comments: ["Kế toán đã gửi hoá đơn số 0001287."],
      },
    },
  },
  {
    who: "Hoàng Văn Sơn",
    attributes: { "Điện thoại": "0389 450 176", "Thành phố": "Nghệ An" },
    tags: [],
    last: {
      by: "lan",
      disposition: "Chuyển bảo hành › Sửa chữa",
      lines: [
        ["customer", "Máy xay tiêu gốm bị kẹt, quay không được"],
        ["agent", "Dạ anh thử tháo nắp dưới, vệ sinh phần cối bằng cọ khô giúp em ạ."],
        ["customer", "Làm rồi vẫn kẹt em ơi"],
        ["agent", "Dạ vậy anh gửi về bảo hành giúp em, bên em đổi cối mới miễn phí ạ."],
      ],
      ticket: {
        subject: "Thay cối máy xay tiêu bị kẹt",
        priority: "normal",
        status: "new",
        owner: null,
        dueInDays: 4,
        comments: [],
      },
    },
  },
  {
    who: "Ngô Bảo Ngọc",
    attributes: { "Thành phố": "Cần Thơ" },
    tags: ["hỏi giá"],
    last: {
      by: "minh",
      disposition: "Đã tư vấn › Giao hàng",
      lines: [
        ["customer", "ship về Cần Thơ bao lâu ạ"],
        ["agent", "Dạ về Cần Thơ 3–4 ngày, đơn từ 500.000đ miễn phí giao hàng ạ."],
      ],
    },
  },
  {
    who: "Đặng Quốc Huy",
    attributes: { "Điện thoại": "0945 882 613", Hạng: "Kim cương" },
    tags: ["VIP", "khách quen"],
    last: {
      by: "ha",
      disposition: "Đã giải quyết",
      lines: [
        ["customer", "Cho anh đặt lại y như đơn Tết năm ngoái nhé, 30 bộ quà"],
        [
          "agent",
          "Dạ em chào anh Huy, đơn năm ngoái là 30 bộ trà sen gốm Bát Tràng, em giữ giá cũ cho anh ạ.",
        ],
        ["customer", "Tốt quá, giao trước 20 tháng Chạp"],
      ],
      ticket: {
        subject: "Chuẩn bị 30 bộ quà Tết cho anh Huy, giao trước 20 tháng Chạp",
        priority: "high",
        status: "open",
        owner: "ha",
        dueInDays: 20,
        comments: ["Xưởng nhận làm, lô đầu 15 bộ.", "Khách chốt màu men ngọc."],
      },
    },
  },
  {
    who: "Mai Phương Thảo",
    attributes: { "Điện thoại": "0908 337 291", "Thành phố": "Bình Dương" },
    tags: [],
    last: {
      by: "minh",
      disposition: "Không liên hệ được",
      lines: [
        ["customer", "Shop có tuyển cộng tác viên không ạ?"],
        ["agent", "Dạ có ạ, chị để lại số điện thoại bộ phận nhân sự sẽ gọi lại nhé."],
      ],
    },
  },
  {
    who: "Lý Gia Bảo",
    attributes: { "Điện thoại": "0823 905 114" },
    tags: ["khiếu nại"],
    last: {
      by: "lan",
      disposition: "Đã giải quyết",
      lines: [
        ["customer", "Gửi bảo hành 2 tuần chưa thấy trả"],
        ["agent", "Dạ em xin lỗi anh, bình của anh đã sửa xong hôm qua, hôm nay bên em gửi lại ạ."],
        ["customer", "Ok em, nhớ bọc kỹ giúp anh"],
        ["agent", "Dạ vâng ạ, em nhắn anh mã vận đơn khi có nhé."],
      ],
      ticket: {
        subject: "Trả hàng bảo hành chậm: bình hút lộc",
        priority: "normal",
        status: "closed",
        owner: "lan",
        dueInDays: null,
        comments: ["Đã gửi, mã vận đơn VTP88213."],
      },
    },
  },
];
