import { defineProject } from "vitest/config";

export default defineProject({
  resolve: { alias: { electron: `${import.meta.dirname}/test/fakes/electron.ts` } },
  test: {
    name: "desktop-main",
    environment: "node",
    setupFiles: ["test/fakes/quiet.ts"],
    include: ["src/main/**/*.test.ts", "src/preload/**/*.test.ts", "src/*.test.ts"],
    // Only a test that hangs meets it: how long a test takes on a busy machine says nothing about the product.
    testTimeout: 30_000,
  },
});
