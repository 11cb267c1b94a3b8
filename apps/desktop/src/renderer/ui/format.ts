/** How numbers, money, times and phones are written for people. Data keeps E.164 and epoch milliseconds. */
export type FormatLanguage = "vi" | "en";

export interface FormatOptions {
  readonly timeZone?: string;
  readonly language?: FormatLanguage;
}

let defaults: Required<FormatOptions> = { timeZone: "Asia/Ho_Chi_Minh", language: "vi" };

/** Set once from the person's settings, so that no component carries a time zone around. */
export function setFormatDefaults(options: FormatOptions): void {
  defaults = { ...defaults, ...options };
}

const dateParts = new Map<string, Intl.DateTimeFormat>();

interface DateParts {
  readonly day: string;
  readonly month: string;
  readonly year: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
}

/** A row of a list asks four times for the same two moments, and a fast wheel brings a thousand rows a second. */
const knownParts = new Map<string, DateParts>();
const mostKnown = 500;

function partsOf(ms: number, timeZone: string): DateParts {
  const key = `${Math.floor(ms / 1000)} ${timeZone}`;
  const known = knownParts.get(key);
  if (known) return known;
  if (knownParts.size >= mostKnown) knownParts.clear();
  const parts = workedOut(ms, timeZone);
  knownParts.set(key, parts);
  return parts;
}

function workedOut(ms: number, timeZone: string): DateParts {
  let formatter = dateParts.get(timeZone);
  if (!formatter) {
    // Making an Intl formatter costs far more than using it, and lists format hundreds of times.
    formatter = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    });
    dateParts.set(timeZone, formatter);
  }
  const found: Record<string, string> = {};
  for (const { type, value } of formatter.formatToParts(ms)) found[type] = value;
  const get = (name: string) => found[name] ?? "";
  return {
    day: get("day"),
    month: get("month"),
    year: get("year"),
    hour: get("hour"),
    minute: get("minute"),
    second: get("second"),
  };
}

const zone = (options?: FormatOptions) => options?.timeZone ?? defaults.timeZone;

export function formatDate(ms: number, options?: FormatOptions): string {
  const { day, month, year } = partsOf(ms, zone(options));
  return `${day}/${month}/${year}`;
}

export function formatTime(ms: number, options?: FormatOptions & { readonly seconds?: boolean }): string {
  const { hour, minute, second } = partsOf(ms, zone(options));
  return options?.seconds ? `${hour}:${minute}:${second}` : `${hour}:${minute}`;
}

export function formatDateTime(ms: number, options?: FormatOptions & { readonly seconds?: boolean }): string {
  return `${formatDate(ms, options)} ${formatTime(ms, options)}`;
}

/** As short as a list allows: the hour today, the day this year, else the date. */
export function formatShort(ms: number, now: number, options?: FormatOptions): string {
  const then = partsOf(ms, zone(options));
  const today = partsOf(now, zone(options));
  if (then.year !== today.year) return `${then.day}/${then.month}/${then.year}`;
  if (then.day === today.day && then.month === today.month) return `${then.hour}:${then.minute}`;
  return `${then.day}/${then.month}`;
}

/** A running time: 02:14, 1:05:09. */
export function formatDuration(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const pad = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(total / 3600);
  const rest = `${pad(Math.floor(total / 60) % 60)}:${pad(total % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

const separators = { vi: { group: ".", point: "," }, en: { group: ",", point: "." } } as const;

export function formatNumber(value: number, options?: FormatOptions & { readonly digits?: number }): string {
  if (!Number.isFinite(value)) return "–";
  const { group, point } = separators[options?.language ?? defaults.language];
  const [whole = "0", fraction] = Math.abs(value)
    .toFixed(options?.digits ?? 0)
    .split(".");
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, group);
  const isZero = !/[1-9]/.test(whole + (fraction ?? ""));
  return (value < 0 && !isZero ? "−" : "") + (fraction ? `${grouped}${point}${fraction}` : grouped);
}

/** Đồng has no cents. The space does not break. */
export function formatMoney(dong: number, options?: FormatOptions): string {
  return `${formatNumber(Math.round(dong), options)}\u00a0₫`;
}

export function formatPercent(fraction: number): string {
  return `${Math.round(fraction * 100)}%`;
}

const units = ["B", "kB", "MB", "GB"] as const;

export function formatBytes(bytes: number, options?: FormatOptions): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit > 0 && value < 10 ? 1 : 0;
  return `${formatNumber(value, { ...options, digits })} ${units[unit] ?? "B"}`;
}

/** Counts in badges: 1 to 99, then 99+. */
export function formatCount(count: number): string {
  return count > 99 ? "99+" : String(Math.max(0, Math.floor(count)));
}
