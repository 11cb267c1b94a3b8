/** Texts that are paid by the part. */
export const counter = {
  parts_one: "{{count}} text",
  parts_other: "{{count}} texts",
  gsm7: "plain letters",
  ucs2: "Unicode",
  left: "{{count}} characters left",
  costly: "{{letters}} leaves 70 characters a text instead of 160",
  plain: "Remove diacritics ({{count}})",
  undo: "Put diacritics back",
  oneWay: "Customers cannot answer this brandname.",
} as const;
