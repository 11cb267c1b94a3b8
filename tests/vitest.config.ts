import { defineProject } from "vitest/config";

/** Stories, faults, regressions and the simulators' own tests: real gateway in process, no browser. */
export default defineProject({
  test: {
    name: "story",
    environment: "node",
    include: ["{integration,regression,simulators,support}/**/*.test.ts", "*.test.ts"],
    globalSetup: ["./support/postgres-setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
