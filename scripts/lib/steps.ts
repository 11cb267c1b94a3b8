import { type ChildProcess, spawn } from "node:child_process";
import { exitCode, inView } from "./command.ts";

export interface Step {
  readonly title: string;
  readonly commands: readonly (() => ChildProcess)[];
}

/** Under CI biome colours every single letter, also into a file. */
const biomeColours = process.stdout.isTTY ? [] : ["--colors=off"];

/** The checks that need no test runner; `npm run` offers some of them alone. */
export const steps = {
  lock: {
    title: "Lock file",
    commands: [() => spawn(process.execPath, ["scripts/check-lock.ts"], { ...inView, shell: false })],
  },
  typecheck: { title: "Types", commands: [() => spawn("tsc", ["-b"], inView)] },
  lint: {
    title: "Lint",
    commands: [
      () => spawn("biome", ["ci", ".", ...biomeColours], inView),
      () => spawn("oxlint", ["--type-aware", "--deny-warnings"], inView),
      () => spawn("knip", [], inView),
    ],
  },
  format: { title: "Format", commands: [() => spawn("biome", ["check", "--write", "."], inView)] },
} satisfies Record<string, Step>;

/** All of a step's commands, also after a failure: one look shows everything that is wrong. */
export async function passes(step: Step): Promise<boolean> {
  let passed = true;
  for (const start of step.commands) passed = (await exitCode(start())) === 0 && passed;
  return passed;
}
