import { AppError } from "@tongdai/shared";
import type { T } from "../../i18n/index.ts";
import { errorText } from "../words.ts";

/** Why somebody could not log in. */
export function problemText(cause: unknown, t: T): string {
  if (!(cause instanceof AppError)) return t("desk.login.failed");
  const { code } = cause;
  if (code === "bad_credentials" || code === "unauthenticated") return t("desk.login.wrong");
  if (code === "unavailable" || code === "timeout") return t("desk.login.unreachable");
  if (code === "rate_limited") return t("desk.login.tooOften");
  return code === "forbidden" ? t("auth.disabled") : errorText(code, t);
}
