import { defineProject } from "vitest/config";

/** Built gateway, built client, real Chromium. One file at a time: two cores. */
export default defineProject({
  test: {
    name: "e2e",
    environment: "node",
    include: ["e2e/**/*.e2e.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    fileParallelism: false,
  },
});
