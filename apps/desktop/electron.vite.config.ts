import { defineConfig } from "electron-vite";
import renderer from "./vite.config.ts";

const here = import.meta.dirname;

/** The package holds no node_modules, and a sandboxed preload can load none: both are bundled whole. */
export default defineConfig({
  main: {
    build: {
      outDir: `${here}/dist/main`,
      externalizeDeps: false,
      minify: true,
      rolldownOptions: { input: `${here}/src/main/index.ts` },
    },
  },
  preload: {
    build: {
      outDir: `${here}/dist/preload`,
      externalizeDeps: false,
      minify: true,
      rolldownOptions: {
        input: `${here}/src/preload/index.ts`,
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: {
    ...renderer,
    build: {
      ...renderer.build,
      rolldownOptions: { input: `${here}/src/renderer/index.html` },
    },
  },
});
