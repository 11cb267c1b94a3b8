import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "./cli.ts";
import { outcome, outOfView } from "./command.ts";
import { gatewayEntry, rendererDir, root } from "./paths.ts";

/**
 * turbo has its own cache, but only to start it and let it look costs most of a second: a digest of the sources
 * beside the files that they became answers "nothing changed" in some 30 ms.
 */
const sources = [
  "packages/shared/src/**/*",
  "apps/gateway/src/**/*",
  "apps/desktop/src/**/*",
  "{packages,apps}/*/*.json",
  "apps/*/*.config.ts",
  "package-lock.json",
  "tsconfig.base.json",
];
const results = [
  gatewayEntry,
  join(rendererDir, "index.html"),
  join(root, "apps/desktop/dist/main/index.js"),
];
const record = join(root, "node_modules/.cache/tongdai/built.json");

/** True when it had to build. */
export async function ensureBuilt(): Promise<boolean> {
  const before = sourceDigest();
  if (existsSync(record) && readFileSync(record, "utf8") === stateOf(before)) return false;
  await build();
  mkdirSync(dirname(record), { recursive: true });
  // The digest from before: who saves a file during the build gets another build, never a stale product.
  writeFileSync(record, stateOf(before));
  return true;
}

async function build(): Promise<void> {
  const { code, output } = await outcome(
    spawn("turbo", ["run", "build", "--output-logs=errors-only"], outOfView),
  );
  const missing = results.find((file) => !existsSync(file));
  if (code === 0 && missing === undefined) return;
  console.error(output.trimEnd());
  throw new UserError(
    code === 0
      ? `The build said nothing wrong, but ${missing} is not there. Type: npm run clean, then npm run build.`
      : "The product could not be built (the reason is above). Mend it and run the same command again.",
  );
}

/** Sources and results together, so that a build by another road does not pass for ours. */
function stateOf(digest: string): string {
  const times = results.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return JSON.stringify([digest, ...times]);
}

function sourceDigest(): string {
  const hash = createHash("sha256");
  const files = globSync(sources, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}
