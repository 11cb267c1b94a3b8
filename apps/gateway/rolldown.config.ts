import { defineConfig } from "rolldown";

/** These find their own binaries and files by where they lie, so they stay in node_modules. */
const OUTSIDE = ["better-sqlite3", "sharp", "@node-rs/argon2", "@fastify/swagger-ui", "pg-native"];

export default defineConfig({
  input: {
    main: "src/boot.ts",
    checkpointer: "src/store/checkpointer.ts",
    player: "src/telephony/endpoint/player.ts",
    replayer: "src/features/replay/replayer.ts",
  },
  platform: "node",
  // All else is bundled: to find and read some thousand files takes longer than to run them.
  external: (id) => OUTSIDE.some((name) => id === name || id.startsWith(`${name}/`)),
  output: {
    dir: "dist",
    format: "esm",
    sourcemap: true,
    // A thread's file lies beside whoever starts it.
    entryFileNames: ({ name }) => (name === "main" ? "[name].js" : "chunks/[name].js"),
    chunkFileNames: "chunks/[name].js",
  },
});
