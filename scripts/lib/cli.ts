import { parseArgs } from "node:util";

/** An error for the person at the keyboard: one sentence, and what to do next. Everything else is a bug. */
export class UserError extends Error {
  override readonly name = "UserError";
}

type OptionTable = Record<string, { type: "string" | "boolean"; short?: string }>;
type Values = Record<string, string | boolean | undefined>;

export interface CommandLine {
  readonly values: Values;
  readonly rest: string[];
}

/** Prints the help and ends the process when asked to. `npm run` may hand over unknown options: refuse them by name. */
export function readCommandLine(help: string, options: OptionTable): CommandLine {
  const all: OptionTable = { ...options, help: { type: "boolean", short: "h" } };
  const { values, positionals } = parse(all);
  if (values["help"]) {
    console.log(help.trim());
    process.exit(0);
  }
  return { values: { ...values }, rest: positionals };
}

function parse(options: OptionTable) {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new UserError(`${firstSentence(error)} See --help.`);
  }
}

function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `${message.split(". ")[0]}.`;
}

export function readPort(name: string, text: string | boolean | undefined, otherwise: number): number {
  if (text === undefined || text === "") return otherwise;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new UserError(`${name} must be a port from 1 to 65535, and it is "${text}".`);
}

/** The one place where a script's end becomes an exit code. */
export async function runMain(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}
