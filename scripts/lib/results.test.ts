import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readTotals, summaryLine } from "./results.ts";

const dir = mkdtempSync(join(tmpdir(), "tongdai-results-"));
afterAll(() => rmSync(dir, { recursive: true }));

interface FileResult {
  status: string;
  assertionResults: { status: string }[];
}

function report(
  counts: Partial<Record<"passed" | "failed" | "pending" | "todo", number>>,
  files: FileResult[] = [],
) {
  const file = join(dir, "report.json");
  writeFileSync(
    file,
    JSON.stringify({
      numPassedTests: counts.passed ?? 0,
      numFailedTests: counts.failed ?? 0,
      numPendingTests: counts.pending ?? 0,
      numTodoTests: counts.todo ?? 0,
      testResults: files,
    }),
  );
  return file;
}

describe("a vitest run in one line", () => {
  test("counts skipped and todo tests as skipped", () => {
    const totals = readTotals(report({ passed: 3, pending: 2, todo: 1 }), 0);
    expect(summaryLine(totals)).toBe("3 passed, 0 failed, 3 skipped");
  });

  test("a run without a report has failed", () => {
    expect(readTotals(join(dir, "missing.json"), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  test("a file that cannot be loaded is a failure of its own", () => {
    const files = [
      { status: "failed", assertionResults: [] },
      { status: "failed", assertionResults: [{ status: "failed" }] },
      { status: "passed", assertionResults: [{ status: "passed" }] },
    ];
    expect(readTotals(report({ passed: 1, failed: 1 }, files), 1)).toEqual({
      passed: 1,
      failed: 2,
      skipped: 0,
    });
  });

  test("an exit code that no test explains is a failure", () => {
    expect(readTotals(report({ passed: 5 }), 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
  });
});
