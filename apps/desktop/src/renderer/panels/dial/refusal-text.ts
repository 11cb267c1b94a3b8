import type { T } from "../../i18n/index.ts";
import type { DialRefused } from "../../state/dialog.ts";
import { formatDateTime } from "../../ui/format.ts";

/** Why it was not called, and what can be done. */
export const refusalText = ({ obstacle, until, limit }: DialRefused, t: T): string =>
  t(`dial.refused.${obstacle}`, {
    time: until === undefined ? "" : formatDateTime(until),
    limit: limit ?? "",
  });
