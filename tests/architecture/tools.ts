import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";

export const root = join(import.meta.dirname, "../..");
export const read = (path: string): string => readFileSync(join(root, path), "utf8");

const made: string[] = [];

/** Takes away every temporary tree. */
export const clean = (): void => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
};

export interface Finding {
  rule: string;
  file: string;
  line: number;
  message: string;
}

/** What Biome and oxlint say about these files under our configuration. */
export function lint(files: [path: string, text: string][], o: { typeAware?: boolean } = {}): Finding[] {
  const biome = JSON.parse(read("biome.json")) as Record<string, unknown>;
  const dir = tree([
    ...files,
    ["biome.json", JSON.stringify({ ...biome, vcs: { enabled: false } })],
    [".oxlintrc.json", read(".oxlintrc.json")],
    [
      "tsconfig.json",
      '{ "compilerOptions": { "strict": true, "allowImportingTsExtensions": true, "noEmit": true } }',
    ],
  ]);
  const fromBiome = tool("@biomejs/biome/bin/biome", dir, [
    "lint",
    "--reporter=github",
    "--max-diagnostics=none",
  ]);
  const found: Finding[] = fromBiome.split("\n").flatMap((text) => {
    const m = /^::\w+ title=([^,]+),file=([^,]+),line=(\d+),[^:]*::(.*)$/.exec(text);
    return m
      ? [
          {
            rule: m[1] ?? "",
            file: relative(dir, resolve(dir, m[2] ?? "")),
            line: Number(m[3]),
            message: m[4] ?? "",
          },
        ]
      : [];
  });
  const typeAware = o.typeAware ? ["--type-aware"] : [];
  const fromOxlint = JSON.parse(tool("oxlint/bin/oxlint", dir, ["-f", "json", ...typeAware])) as {
    diagnostics: { code?: string; help?: string; filename: string; labels: { span: { line: number } }[] }[];
  };
  for (const d of fromOxlint.diagnostics)
    found.push({
      rule: d.code ?? "",
      file: d.filename,
      line: d.labels[0]?.span.line ?? 0,
      message: d.help ?? "",
    });
  return found;
}

export function tree(files: [path: string, text: string][]): string {
  const dir = mkdtempSync(join(tmpdir(), "tongdai-plant-"));
  made.push(dir);
  for (const [path, text] of files) {
    mkdirSync(join(dir, dirname(path)), { recursive: true });
    writeFileSync(join(dir, path), `${text}\n`);
  }
  return dir;
}

export function tool(bin: string, cwd: string, args: string[]): string {
  const run = spawnSync(process.execPath, [join(root, "node_modules", bin), ...args], {
    cwd,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.error) throw run.error;
  return run.stdout;
}

export function git(...args: string[]): string[] {
  const run = spawnSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  return run.stdout.split("\n").filter((f) => f !== "");
}
