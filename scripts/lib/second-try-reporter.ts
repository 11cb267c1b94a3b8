import type { Reporter, TestCase } from "vitest/node";

/** Names at the end which tests passed only when they were tried again: each has a race that wants to be found. */
export default class SecondTryReporter implements Reporter {
  readonly #names: string[] = [];

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky) this.#names.push(`${test.module.moduleId}: ${test.fullName}`);
  }

  onTestRunEnd(): void {
    if (this.#names.length === 0) return;
    console.log(`\nPassed only at the second try (${this.#names.length}):`);
    for (const name of this.#names) console.log(`  ${name}`);
  }
}
