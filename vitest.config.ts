import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      "packages/*/vitest.config.ts",
      "apps/*/vitest*.config.ts",
      "scripts/vitest.config.ts",
      "tests/vitest.config.ts",
    ],
    coverage: {
      provider: "v8",
      include: ["apps/*/src/**", "packages/*/src/**"],
      reporter: ["text-summary", "json-summary"],
    },
  },
});
