import { defineProject } from "vitest/config";

export default defineProject({
  resolve: { alias: { electron: `${import.meta.dirname}/test/fakes/electron.ts` } },
  test: {
    name: "desktop-main",
    environment: "node",
    setupFiles: ["test/fakes/quiet.ts"],
    include: ["src/main/**/*.test.ts", "src/preload/**/*.test.ts", "src/*.test.ts"],
  },
});
