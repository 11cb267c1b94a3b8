import { AppError } from "@tongdai/shared";
import type { T } from "../../i18n/index.ts";

const guards = {
  last_admin: "admin.people.lastAdmin",
  own_administration: "roles.ownAdministration",
  outranks: "roles.outranks",
  grants_more: "roles.grantsMore",
  in_use: "roles.inUse",
} as const;

const isGuard = (reason: unknown): reason is keyof typeof guards =>
  typeof reason === "string" && Object.hasOwn(guards, reason);

/** A refusal by one of the guards goes under its reason, as there is no field to show it at. */
export function guardField(cause: unknown): never {
  const reason = cause instanceof AppError ? cause.details?.["reason"] : undefined;
  if (cause instanceof AppError && isGuard(reason))
    throw new AppError(cause.code, cause.message, { field: reason });
  throw cause;
}

/** What such a refusal means, in a sentence. */
export function guardText(fields: Readonly<Record<string, string>>, t: T): string | null {
  const reason = Object.keys(fields).find(isGuard);
  return reason === undefined ? null : t(guards[reason]);
}
