import { type Disposition, defaultStateRules, type FormField, type StateRules } from "@tongdai/shared";

const done = (name: string): Disposition => ({ name, resolved: true });
const open = (name: string): Disposition => ({ name, resolved: false });

interface Outcomes {
  readonly dispositions: Disposition[];
  /** What is asked at wrap-up. */
  readonly form: FormField[];
}

/** How work of each queue ends. */
export const outcomes: Readonly<Record<string, Outcomes>> = {
  "Chăm sóc khách hàng": {
    dispositions: [
      { ...done("Đã tư vấn"), children: [done("Sản phẩm"), done("Giao hàng")] },
      done("Đã giải quyết"),
      done("Đã báo giá"),
      { ...open("Khiếu nại"), children: [open("Giao trễ"), open("Hàng lỗi"), open("Thái độ phục vụ")] },
      open("Cần theo dõi"),
      open("Không liên hệ được"),
      done("Tin rác"),
    ],
    form: [
      { id: "order", label: "Mã đơn hàng", kind: "text", required: false, options: [] },
      {
        id: "source",
        label: "Khách biết Sen Việt từ đâu",
        kind: "choice",
        required: false,
        options: ["Facebook", "Bạn bè", "Cửa hàng", "Khác"],
      },
    ],
  },
  "Bảo hành": {
    dispositions: [
      done("Đã giải quyết"),
      { ...open("Chuyển bảo hành"), children: [open("Sửa chữa"), open("Đổi mới")] },
      open("Cần theo dõi"),
      done("Hết bảo hành"),
      done("Tin rác"),
    ],
    form: [
      { id: "serial", label: "Số sê-ri", kind: "text", required: false, options: [] },
      { id: "bought", label: "Ngày mua", kind: "date", required: false, options: [] },
    ],
  },
};

const longest: Readonly<Record<string, number>> = { break: 15, lunch: 60 };

/** A short break and lunch have an end, and whoever missed an offer is looked for. */
export const stateRules: StateRules = {
  ...defaultStateRules,
  reasons: defaultStateRules.reasons.map((r) => ({ ...r, maxMinutes: longest[r.id] ?? r.maxMinutes })),
  maxMinutes: { ...defaultStateRules.maxMinutes, missed: 10 },
};
