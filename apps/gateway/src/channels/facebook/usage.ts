import { z } from "zod";

/** How much of the allowance is used, from the headers of any Graph answer. */
export interface Usage {
  /** The highest percentage told, 0 where none is. */
  readonly percent: number;
  /** Until calls are accepted again; `null` where Meta does not tell. */
  readonly regainMs: number | null;
  /** `Retry-After`, of Meta or of a proxy on the way; `null` where there is none. */
  readonly retryAfterMs: number | null;
}

const Percent = z.number().nonnegative().catch(0);
const Fields = z.object({
  call_count: Percent,
  total_time: Percent,
  total_cputime: Percent,
  /** Minutes. */
  estimated_time_to_regain_access: z.number().nonnegative().catch(0),
});
const zero = { call_count: 0, total_time: 0, total_cputime: 0, estimated_time_to_regain_access: 0 };
const ByBusiness = z.record(z.string(), z.array(Fields.catch(zero)).catch([])).catch({});

function json(header: string | null): unknown {
  try {
    return JSON.parse(header ?? "{}");
  } catch {
    return {};
  }
}

/** Whoever asks for more is asked again after this time. */
const LONGEST_REST_MS = 60 * 60_000;

/** Seconds, or a date, which is of the same clock as the answer's own (RFC 9110, 10.2.3). */
function retryAfter(headers: Headers): number | null {
  const value = headers.get("retry-after") ?? "";
  const ms = /^\d+$/.test(value)
    ? Number(value) * 1_000
    : Date.parse(value) - Date.parse(headers.get("date") ?? "");
  return ms > 0 ? Math.min(ms, LONGEST_REST_MS) : null;
}

/** Reads `X-App-Usage`, `X-Business-Use-Case-Usage` and `Retry-After`. Source: Meta, "Rate limits". */
export function readUsage(headers: Headers): Usage {
  const app = Fields.catch(zero).parse(json(headers.get("x-app-usage")));
  const business = ByBusiness.parse(json(headers.get("x-business-use-case-usage")));
  const all = [app, ...Object.values(business).flat()];
  const percent = Math.max(...all.map((f) => Math.max(f.call_count, f.total_time, f.total_cputime)));
  const minutes = Math.max(...all.map((f) => f.estimated_time_to_regain_access));
  const regainMs = minutes > 0 ? minutes * 60_000 : null;
  return { percent, regainMs, retryAfterMs: retryAfter(headers) };
}

const LIMIT = 90;
const STEP_MS = 1000;
const LONGEST_MS = 60_000;

/**
 * How long an account should hold its next request: nothing below 90 % of the allowance, then a second more with each
 * percent, so that the rest lasts until old calls fall out of the count.
 */
export function slowDownMs(usage: Usage): number | undefined {
  if (usage.percent < LIMIT) return undefined;
  const wait = usage.regainMs ?? Math.ceil(usage.percent - LIMIT + 1) * STEP_MS;
  return Math.min(wait, LONGEST_MS);
}
