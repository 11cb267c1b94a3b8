import { type HolidayKind, holidayYears, type Span, vietnamHolidays } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import { hoursByName } from "../../store/hours.ts";
import { saveHours } from "../hours/index.ts";

const NAME = "Giờ hành chính";

const names: Readonly<Record<HolidayKind, string>> = {
  new_year: "Tết Dương lịch",
  tet: "Tết Nguyên đán",
  hung_kings: "Giỗ Tổ Hùng Vương",
  reunification: "Ngày Chiến thắng",
  labour: "Quốc tế Lao động",
  national: "Quốc khánh",
  culture: "Ngày Văn hóa Việt Nam",
};

const day: Span[] = [
  [8 * 60, 12 * 60],
  [13 * 60, 17 * 60 + 30],
];

/** Office hours with the holidays of the years that are known. No queue goes by them: at night the demo would seem dead. */
export async function saveOfficeHours(ctx: Ctx): Promise<void> {
  if (await hoursByName(ctx.store, NAME)) return;
  await saveHours(ctx, null, {
    id: null,
    name: NAME,
    timeZone: "Asia/Ho_Chi_Minh",
    weekly: [day, day, day, day, day, [[8 * 60, 12 * 60]], []],
    days: holidayYears.flatMap(vietnamHolidays).map(({ date, kind, expected }) => ({
      date,
      name: expected ? `${names[kind]} (dự kiến)` : names[kind],
      spans: [],
    })),
  });
}
