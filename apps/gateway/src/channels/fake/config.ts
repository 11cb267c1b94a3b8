import { AppError } from "@tongdai/shared";
import { z } from "zod";

export const FakeConfig = z.strictObject({
  externalId: z.string().min(1),
  /** Signs the webhook. */
  secret: z.string().min(1),
  verifyToken: z.string().min(1),
});
export type FakeConfig = z.infer<typeof FakeConfig>;

/** @throws AppError `invalid_input` with the bad fields in `details.fields` */
export function parseConfig(config: unknown): FakeConfig {
  const parsed = FakeConfig.safeParse(config);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const names = issue.code === "unrecognized_keys" ? issue.keys : [issue.path.join(".") || "config"];
    for (const name of names) fields[name] ??= issue.message;
  }
  throw new AppError("invalid_input", `fake account: check ${Object.keys(fields).join(", ")}`, { fields });
}
