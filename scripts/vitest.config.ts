import { defineProject } from "vitest/config";

/** The scripts' own rules, with small children in place of the product. */
export default defineProject({
  test: {
    name: "scripts",
    environment: "node",
    include: ["**/*.test.ts"],
    testTimeout: 20_000,
  },
});
