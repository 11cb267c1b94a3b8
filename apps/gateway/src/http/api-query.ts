import { Cursor } from "@tongdai/shared";
import { z } from "zod";

/** What every list takes. */
export const paging = {
  cursor: Cursor.optional().describe("`next` of the page before"),
  limit: z.coerce.number().int().min(1).max(100).default(50),
};

/** `a,b` in an address: the values of an enumeration. */
export const commaList = <T extends z.ZodType<unknown, string>>(item: T) =>
  z
    .string()
    .max(200)
    .transform((s) => s.split(","))
    .pipe(z.array(item).max(10));
