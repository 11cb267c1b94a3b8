/**
 * Key for comparing and searching without case and accents: "Đơn hàng" -> "don hang".
 * NFD alone leaves đ as it is (it has no decomposition), and so does FTS5's `remove_diacritics`.
 */
export const fold = (s: string): string =>
  s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");

/** The folded words of a text, in order. */
export const foldedWords = (s: string): string[] => fold(s).match(/[\p{L}\p{N}]+/gu) ?? [];
