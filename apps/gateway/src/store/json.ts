import type { z } from "zod";

/** A JSON column, parsed by the schema of what we once wrote there. Throws when the row is damaged. */
export const fromJson = <T>(schema: z.ZodType<T>, text: string): T => schema.parse(JSON.parse(text));
