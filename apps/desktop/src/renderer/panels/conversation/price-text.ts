import type { Price } from "@tongdai/shared";
import { formatMoney, formatNumber } from "../../ui/format.ts";

export const priceText = ({ amount, currency }: Price): string =>
  currency === "VND" ? formatMoney(amount) : `${formatNumber(amount)} ${currency}`;
