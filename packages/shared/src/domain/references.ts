/** Letters and digits as on an order: DH12345, HD-2026001; or a number after # or after the word for it. */
const patterns = [
  /(?<![\p{L}\p{N}])([A-Z]{1,5}-?\d{4,12})(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}])#([A-Z]{0,5}-?\d{4,12})(?![\p{L}\p{N}])/gu,
  /(?:đơn(?: hàng)?|mã(?: đơn)?|hoá đơn|hóa đơn|order|invoice)(?: số| no\.?)?[ :]{1,3}(\d{4,12})(?![\p{L}\p{N}])/giu,
];

/** The order and invoice numbers of a text, each once, written in one way: `DH12345`. Amounts and telephone numbers are none. */
export function findReferences(text: string): string[] {
  // Most messages have no number.
  if (!/\d{4}/.test(text)) return [];
  const found = patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((m) => m[1] ?? ""));
  return [...new Set(found.map((r) => r.replaceAll("-", "").toUpperCase()))];
}
