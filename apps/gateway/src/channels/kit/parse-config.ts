import { AppError } from "@tongdai/shared";
import { z } from "zod";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Sent as a header or key: a stray line end from copy and paste must be told at once, not at the first send. */
export const secret = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces");

export const numericId = z
  .string()
  .trim()
  .regex(/^\d{1,30}$/, "must be an id made of digits");

/** Credentials travel with every request, so plain HTTP is for a peer on the same machine only. */
export const vendorUrl = z
  .url({ protocol: /^https?$/ })
  // Checks after a failed one still run, and must bear what is no address.
  .refine((s) => {
    const url = URL.parse(s);
    return url?.protocol === "https:" || LOOPBACK.has(url?.hostname ?? "");
  }, "must be https, or http on this machine")
  .transform((s) => s.replace(/\/+$/, ""));

/** @throws AppError `invalid_input`; `details.fields` maps each bad field to what is wrong with it, never to its value */
export function parseConfig<T>(schema: z.ZodType<T>, what: string, config: unknown): T {
  const parsed = schema.safeParse(config);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const names = issue.code === "unrecognized_keys" ? issue.keys : [issue.path.join(".") || "config"];
    for (const name of names) fields[name] ??= issue.message;
  }
  throw new AppError("invalid_input", `${what}: check ${Object.keys(fields).join(", ")}`, { fields });
}
