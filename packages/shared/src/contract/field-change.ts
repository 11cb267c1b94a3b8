import { z } from "zod";

/** What became of one field. Of a list: what is gone and what has come; the whole of both when only the order changed. */
export const FieldChange = z.object({
  /** From the outside in: `["rules", "priority", "base"]`. */
  path: z.array(z.string()).min(1),
  /** `null`: there was none. */
  was: z.unknown(),
  /** `null`: there is none any more. */
  is: z.unknown(),
});
export type FieldChange = z.infer<typeof FieldChange>;
