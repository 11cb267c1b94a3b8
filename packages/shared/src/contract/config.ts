import { z } from "zod";

/** The configuration as one file: `GET /api/v1/config.json`, `POST /api/v1/config`. Each kind of thing is a list by its name. */
export const ConfigFile = z.strictObject({
  format: z.literal("tongdai.config"),
  version: z.literal(1),
  content: z.record(z.string().max(40), z.array(z.record(z.string(), z.unknown())).max(5_000)),
});
export type ConfigFile = z.infer<typeof ConfigFile>;

/** What is, or would be, another in a thing that is there: its place in it, and what stood and stands there. */
export const ConfigChange = z.object({ field: z.string(), from: z.unknown(), to: z.unknown() });
export type ConfigChange = z.infer<typeof ConfigChange>;

/** What is, or would be, done with one thing of the file. */
export const ConfigStep = z.object({
  section: z.string(),
  name: z.string(),
  did: z.enum(["created", "changed", "left"]),
  changes: z.array(ConfigChange),
});
export type ConfigStep = z.infer<typeof ConfigStep>;

export const ConfigPlan = z.object({ steps: z.array(ConfigStep) });
export type ConfigPlan = z.infer<typeof ConfigPlan>;
