import { enableCompileCache, flushCompileCache } from "node:module";
import { join } from "node:path";

/**
 * Where the built gateway begins. What V8 compiles is kept beside the bundle for the next start; in a folder that cannot
 * be written nothing is kept. Written as soon as it listens, for a process that is killed writes nothing at its end.
 */
enableCompileCache(join(import.meta.dirname, ".compiled"));
await import("./main.ts");
flushCompileCache();
