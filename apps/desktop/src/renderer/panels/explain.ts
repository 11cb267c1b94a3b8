import { AppError } from "@tongdai/shared";
import { useT } from "../i18n/index.ts";
import { causeText } from "./words.ts";

/** Why an edit was not taken. After a conflict `current` is what the other person made of it, so that one can choose. */
export function useExplain(current: string): (cause: unknown) => string {
  const t = useT();
  return (cause) =>
    cause instanceof AppError && cause.code === "conflict"
      ? t("record.conflict", { value: current || t("common.none") })
      : causeText(cause, t);
}
