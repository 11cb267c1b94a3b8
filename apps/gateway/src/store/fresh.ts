import { AppError } from "@tongdai/shared";

/**
 * Refuses a save that is based on an older version than the one that is there: somebody else has changed it meanwhile, and
 * what they did must not be undone unseen. Without a version nothing is compared.
 */
export function assertFresh(
  was: { readonly version: number } | undefined,
  basedOn: number | undefined,
): void {
  if (was === undefined || basedOn === undefined || was.version === basedOn) return;
  throw new AppError("conflict", "somebody else has changed this meanwhile", {
    reason: "stale",
    version: was.version,
  });
}

/** Of a row that is saved, or made. */
export const nextVersion = (was: { readonly version: number } | undefined): number => (was?.version ?? 0) + 1;
