import react from "@vitejs/plugin-react";
import { defineProject } from "vitest/config";

export default defineProject({
  plugins: [react()],
  test: {
    name: "desktop-renderer",
    environment: "jsdom",
    include: ["src/renderer/**/*.test.{ts,tsx}"],
    // vitest empties style sheets; the contrast test reads ours as text.
    css: { include: [/styles\.css/] },
    setupFiles: ["test/renderer/setup.ts"],
    // Only a test that hangs meets it: how long a test takes on a busy machine says nothing about the product.
    testTimeout: 30_000,
  },
});
