type Cell = string | number | boolean | null;

/** A spreadsheet takes text that begins like this for a formula and may run it: an apostrophe makes it text. */
const FORMULA = /^[\s]*[=+\-@\t\r]/;

/** One value as a file of comma separated values holds it. */
export function cell(value: Cell): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
