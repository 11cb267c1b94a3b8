import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./lib/build.ts";
import { runMain, UserError } from "./lib/cli.ts";
import { exitCode, inView } from "./lib/command.ts";
import { artefactsDir, shown } from "./lib/paths.ts";
import { ensurePrerequisites } from "./lib/prerequisites.ts";
import { add, nothing, readTotals, summaryLine, type Totals } from "./lib/results.ts";
import { passes, type Step, steps } from "./lib/steps.ts";

const HELP = `
Usage: npm test -- [vitest's filters and options]

Alone: everything. Lock file, types, lint, build, then the tests of the sources and the end-to-end tests in
Chromium. A test that fails is tried once more; what passed only then is named at the end of each run.
What the machine lacks (Chromium, PostgreSQL) it installs when it may, otherwise it says what to type.

With a filter: only the build and the tests whose file names match, for example
  npm test -- routing             npm test -- -t "wrap-up"             npm test -- e2e/inbox

Reports: ${shown(artefactsDir)}/vitest.json, vitest-e2e.json, summary.txt
`;

interface TestRun {
  readonly title: string;
  readonly report: string;
  readonly args: string[];
}

const testRuns: TestRun[] = [
  { title: "Tests", report: "vitest.json", args: [] },
  {
    title: "End-to-end tests",
    report: "vitest-e2e.json",
    args: ["--root", "tests", "--config", "vitest.e2e.config.ts"],
  },
];

await runMain(async () => {
  const filter = process.argv.slice(2);
  if (filter.includes("--help") || filter.includes("-h")) {
    console.log(HELP.trim());
    return 0;
  }
  mkdirSync(artefactsDir, { recursive: true });
  for (const { report } of testRuns) rmSync(join(artefactsDir, report), { force: true });
  const { chromium } = await ensurePrerequisites();
  const failures: string[] = [];
  if (filter.length === 0) {
    for (const step of [steps.lock, steps.typecheck, steps.lint]) failures.push(...(await check(step)));
  }
  failures.push(...(await checkBuild()));
  let totals = nothing;
  for (const run of testRuns) totals = add(totals, await test(run, filter, chromium));
  return conclude(totals, failures);
});

async function check(step: Step): Promise<string[]> {
  heading(step.title);
  return (await passes(step)) ? [] : [step.title];
}

async function checkBuild(): Promise<string[]> {
  heading("Build");
  try {
    console.log((await ensureBuilt()) ? "Built." : "Nothing changed since the last build.");
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    return ["Build"];
  }
}

async function test(run: TestRun, filter: string[], chromium: string): Promise<Totals> {
  heading(run.title);
  const report = join(artefactsDir, run.report);
  const args = ["run", ...run.args, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  if (filter.length > 0) args.push("--passWithNoTests", ...filter);
  else args.push("--retry=1", `--reporter=${join(import.meta.dirname, "lib/second-try-reporter.ts")}`);
  const env = { ...process.env, CHROMIUM: chromium };
  const code = await exitCode(spawn("vitest", args, { ...inView, env }));
  return readTotals(report, code);
}

/** A check that failed counts as a failure, so that no summary says "0 failed" when something is wrong. */
function conclude(tests: Totals, failures: string[]): number {
  const totals = add(tests, { ...nothing, failed: failures.length });
  const line = summaryLine(totals);
  writeFileSync(join(artefactsDir, "summary.txt"), `${line}\n`);
  heading("Result");
  if (failures.length > 0) console.log(`Failed before the tests: ${failures.join(", ")}.`);
  console.log(`In all: ${line}.`);
  if (totals.passed + totals.failed + totals.skipped === 0) {
    throw new UserError("No test ran, and that is a failure: the filter matches nothing.");
  }
  return totals.failed === 0 && totals.passed > 0 ? 0 : 1;
}

function heading(text: string): void {
  console.log(`\n== ${text}`);
}
