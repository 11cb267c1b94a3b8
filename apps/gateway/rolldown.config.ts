import { defineConfig } from "rolldown";

export default defineConfig({
  input: "src/main.ts",
  platform: "node",
  // Bundle our own workspace packages (they are TypeScript); leave npm packages in node_modules.
  external: (id) => !id.startsWith(".") && !id.startsWith("/") && !id.startsWith("@tongdai/"),
  output: { dir: "dist", format: "esm", sourcemap: true, entryFileNames: "[name].js" },
});
