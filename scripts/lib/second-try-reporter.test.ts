import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { artefactsDir } from "./paths.ts";

// Within the project, where "vitest" is found.
mkdirSync(artefactsDir, { recursive: true });
const dir = mkdtempSync(join(artefactsDir, "second-try-"));
afterAll(() => rmSync(dir, { recursive: true }));

test("a test that fails once and then passes is named; one that passes at once or never is not", () => {
  writeFileSync(
    join(dir, "race.test.ts"),
    `import { expect, test } from "vitest";
     let tries = 0;
     test("now and then", () => { tries += 1; expect(tries).toBe(2); });
     test("always", () => {});
     test("never", () => { expect(1).toBe(2); });`,
  );
  const reporter = `--reporter=${join(import.meta.dirname, "second-try-reporter.ts")}`;
  const { stdout } = spawnSync("vitest", ["run", "--root", dir, "--retry=1", reporter], { encoding: "utf8" });
  expect(stdout).toContain("Passed only at the second try (1):");
  expect(stdout).toContain("now and then");
  expect(stdout).not.toMatch(/always|never/);
});
