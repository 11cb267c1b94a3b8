import { type Ack, AppError, type CommandName, type CommandSpec } from "@tongdai/shared";
import { z } from "zod";
import type { Caller, Ctx } from "../context.ts";
import { toWireError } from "../errors.ts";
import { assertMay } from "../features/access.ts";

/**
 * One command at the door: parsed, permission checked, answered. Expected refusals keep their code; anything else is a
 * bug, logged with its cause and answered as `internal`.
 */
export async function dispatch(
  ctx: Ctx,
  o: {
    name: CommandName;
    spec: CommandSpec;
    input: unknown;
    caller: () => Promise<Caller>;
    run: (caller: Caller, input: unknown) => Promise<unknown>;
  },
): Promise<Ack<unknown>> {
  try {
    const caller = await o.caller();
    if (o.spec.permission !== null) assertMay(caller, o.spec.permission, o.name);
    const parsed = parse(o.spec, o.input);
    if (!parsed.success) throw invalidInput(parsed.error);
    return { ok: true, data: await o.run(caller, parsed.data) };
  } catch (error) {
    if (!(error instanceof AppError)) ctx.log.error({ err: error, command: o.name }, "unexpected failure");
    return { ok: false, error: toWireError(error) };
  }
}

/** A tree may be nested more deeply than a schema can follow. */
function parse({ input }: CommandSpec, value: unknown) {
  try {
    return input.safeParse(value);
  } catch (error) {
    if (error instanceof RangeError) throw new AppError("invalid_input", "nested too deeply");
    throw error;
  }
}

export const invalidInput = (error: z.ZodError): AppError =>
  new AppError("invalid_input", z.prettifyError(error), {
    fields: [...new Set(error.issues.map((i) => i.path.join(".")))],
  });
