import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import type * as z from "zod";
import { warn } from "./log.ts";

/** The stored value, or undefined when there is none that fits: losing a preference must never stop a start. */
export function readJson<T>(path: string, schema: z.ZodType<T>): T | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    warn(`${basename(path)} cannot be read, defaults are used`);
    return undefined;
  }
}

/** Power may fail at any moment: either the old file or the new one is there, never half of one. */
export function writeAtomic(path: string, data: string | Uint8Array): void {
  const next = `${path}.next`;
  const file = openSync(next, "w", 0o600);
  try {
    writeFileSync(file, data);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(next, path);
}

export function writeJson(path: string, value: unknown): void {
  writeAtomic(path, JSON.stringify(value));
}
