import type { z } from "zod";
import type { Permission } from "./permissions.ts";

/** What the contract says of one command. `permission: null` means that being logged in is enough. */
export interface CommandSpec {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly permission: Permission | null;
}

/** Keeps the literal types of a command's schemas while checking its shape. */
export const command = <I extends z.ZodType, O extends z.ZodType>(
  permission: Permission | null,
  input: I,
  output: O,
) => ({ permission, input, output }) satisfies CommandSpec;
