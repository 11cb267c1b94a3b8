import { runCommand } from "./command.ts";

export interface Step {
  readonly title: string;
  readonly commands: readonly (readonly [string, ...string[]])[];
}

/** The checks that need no test runner; `npm run` offers some of them alone. */
export const steps = {
  lock: { title: "Lock file", commands: [[process.execPath, "scripts/check-lock.ts"]] },
  typecheck: { title: "Types", commands: [["tsc", "-b"]] },
  lint: {
    title: "Lint",
    commands: [["biome", "ci", "."], ["oxlint", "--type-aware", "--deny-warnings"], ["knip"]],
  },
  format: { title: "Format", commands: [["biome", "check", "--write", "."]] },
} as const satisfies Record<string, Step>;

/** All of a step's commands, also after a failure: one look shows everything that is wrong. */
export async function runStep(step: Step, extra: string[] = []): Promise<number> {
  let failed = 0;
  for (const [command, ...args] of step.commands) {
    if ((await runCommand(command, [...args, ...extra])) !== 0) failed += 1;
  }
  return failed;
}
