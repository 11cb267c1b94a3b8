import type { Story } from "./stories.ts";

/** By Zalo, by text message and by letter. One of them is a customer on Messenger too. */
export const storiesElsewhere: readonly Story[] = [
  {
    who: "Trịnh Gia Hân",
    on: "zalo",
    attributes: { "Thành phố": "Cần Thơ" },
    tags: ["hỏi giá"],
    last: {
      by: "minh",
      disposition: "Đã tư vấn › Sản phẩm",
      lines: [
        ["customer", "Shop ơi bộ bát đĩa hoa sen 24 món còn không ạ?"],
        ["agent", "Dạ còn 3 bộ chị ơi, giá 1.890.000đ, tặng kèm khay gỗ ạ."],
        ["customer", "Để mai mình chuyển khoản nhé"],
        ["agent", "Dạ em giữ cho chị một bộ đến hết ngày mai ạ."],
      ],
    },
  },
  {
    who: "Đặng Quốc Huy",
    on: "zalo",
    attributes: {},
    tags: [],
    last: {
      by: "lan",
      disposition: "Đã tư vấn › Giao hàng",
      lines: [
        ["customer", "Em gửi anh xem mẫu hộp quà màu men ngọc với"],
        ["agent", "Dạ mẫu hộp em để ở cửa hàng quận 3, lô đầu 15 bộ xong cuối tuần này anh ạ."],
        ["customer", "Ok em, đẹp đấy"],
      ],
    },
  },
  {
    who: "Đặng Quốc Huy",
    on: "sms",
    attributes: {},
    tags: [],
    last: {
      by: "lan",
      disposition: "Đã giải quyết",
      lines: [
        ["customer", "Anh Huy day, anh dang di cong tac, giao lo dau qua van phong giup anh"],
        ["agent", "Da shop ghi lai dia chi van phong cho anh roi a."],
      ],
    },
  },
  {
    who: "Trương Mỹ Vân",
    on: "sms",
    attributes: {},
    tags: [],
    last: {
      by: "lan",
      disposition: "Không liên hệ được",
      lines: [
        ["customer", "Shop oi cho minh hoi gio mo cua cua hang quan 3"],
        ["agent", "Da cua hang mo tu 8h den 21h hang ngay a."],
        ["agent", "Chi can giu hang truoc thi nhan lai so nay giup em nhe.", "failed"],
      ],
    },
  },
  {
    who: "Long Nguyen",
    on: "email",
    subject: "Xin hoá đơn VAT đơn SV-10377",
    attributes: {},
    tags: [],
    last: {
      by: "lan",
      disposition: "Đã giải quyết",
      lines: [
        [
          "customer",
          "Chào shop,\n\nNhờ shop xuất giúp tôi hoá đơn VAT cho đơn SV-10377 (đèn bàn gốm) theo thông tin công ty đã gửi hôm mua hàng.\n\nThân đèn có một vệt nứt như trong ảnh, nhờ shop xem giúp.\n\nCảm ơn,\nLong",
          "than-den.png",
        ],
        [
          "agent",
          "Kính chào anh Long,\n\nDạ bên em đã chuyển kế toán, hoá đơn điện tử sẽ gửi đến địa chỉ này trong hôm nay ạ. Thân đèn bị nứt bên em gửi đổi anh cái mới ạ.\n\nTrân trọng,\nNguyễn Thị Lan – Sen Việt",
        ],
      ],
    },
  },
  {
    who: "Kế toán Hoa Mai",
    on: "email",
    subject: "Đối chiếu công nợ tháng 10",
    attributes: { "Công ty": "Công ty TNHH Hoa Mai" },
    tags: ["sỉ"],
    last: {
      by: "lan",
      disposition: "Đã giải quyết",
      lines: [
        [
          "customer",
          "Kính gửi Sen Việt,\n\nBên em thấy chênh 1.240.000đ so với bảng công nợ tháng 10. Nhờ anh/chị kiểm tra giúp.\n\nPhòng kế toán Hoa Mai",
        ],
        [
          "agent",
          "Dạ em chào chị,\n\nKhoản chênh là phí in logo của đơn SV-10291, em gửi lại bảng chi tiết ạ.",
          "Bang-doi-chieu-thang-10.pdf",
        ],
        ["customer", "Cảm ơn em, bên chị đã khớp số."],
        ["agent", "Dạ em cảm ơn chị ạ."],
      ],
    },
  },
];
