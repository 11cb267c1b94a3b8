import type { CommandName, CommandOutput, CommandParsed } from "@tongdai/shared";
import type { Caller, Ctx } from "../context.ts";

/** Answers one command. The input is parsed and the permission checked before it is called. */
export type Handler<N extends CommandName> = (
  ctx: Ctx,
  caller: Caller,
  input: CommandParsed<N>,
) => Promise<CommandOutput<N>>;

/** One handler a command; a feature gives its own as `satisfies Pick<Handlers, ...>`. */
export type Handlers = { [N in CommandName]: Handler<N> };
