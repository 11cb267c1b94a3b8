import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      "packages/*/vitest.config.ts",
      "apps/*/vitest*.config.ts",
      "scripts/vitest.config.ts",
      "tests/vitest.config.ts",
    ],
    // The tests wait for stores, sockets and child processes most of the time: no core is kept free for vitest.
    maxWorkers: availableParallelism(),
    coverage: {
      provider: "v8",
      include: ["apps/*/src/**", "packages/*/src/**"],
      reporter: ["text-summary", "json-summary"],
    },
  },
});
