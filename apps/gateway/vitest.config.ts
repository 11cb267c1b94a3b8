import { defineProject } from "vitest/config";

export default defineProject({
  test: {
    name: "gateway",
    environment: "node",
    include: ["src/**/*.test.ts"],
    globalSetup: ["../../tests/support/postgres-setup.ts"],
    // Only a test that hangs meets it: how long a test takes on a busy machine says nothing about the product.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
