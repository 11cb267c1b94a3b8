import { defineConfig } from "electron-vite";
import renderer from "./vite.config.ts";

export default defineConfig({
  main: {
    build: {
      outDir: "dist/main",
      rolldownOptions: { input: "src/main/index.ts" },
      externalizeDeps: { exclude: ["@tongdai/shared"] },
    },
  },
  preload: {
    build: {
      outDir: "dist/preload",
      rolldownOptions: {
        input: "src/preload/index.ts",
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: {
    ...renderer,
    build: {
      ...renderer.build,
      rolldownOptions: { input: `${import.meta.dirname}/src/renderer/index.html` },
    },
  },
});
