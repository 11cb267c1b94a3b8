import { globSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { imports, offences } from "./architecture/plants.ts";
import { clean, git, lint, read, root, tool, tree } from "./architecture/tools.ts";

/**
 * The fences of docs/architecture.md, proven: a linter that looks at nothing is green too. Every rule is shown a planted
 * offence in a temporary tree that has our configuration and nothing else, and must refuse exactly the planted lines.
 */
const ours = git("ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate");
const sources = ours.filter((f) => /\.(ts|tsx|mjs|css)$/.test(f));
const isTest = (f: string) => /\.(test|e2e)\.tsx?$/.test(f);

afterAll(clean);

describe("import zones", () => {
  const found = lint(
    Object.entries(imports).map(([file, { ok, no }]) => [
      file,
      [...ok, ...no].map((from) => `import "${from}";`).join("\n"),
    ]),
  ).filter((d) => /restricted-?imports|noNodejsModules/i.test(d.rule));

  test.for(Object.entries(imports))("%s", ([file, { ok, no }]) => {
    const refused = [...ok, ...no].filter((_, i) => found.some((d) => d.file === file && d.line === i + 1));
    expect(refused).toEqual(no);
  });

  test("every zone of both configurations has refused something", () => {
    const told = new Set(found.map((d) => d.message));
    const silent = [
      ...messagesOf(JSON.parse(read("biome.json"))),
      ...messagesOf(JSON.parse(read(".oxlintrc.json"))),
    ];
    expect(silent.length).toBeGreaterThan(30);
    expect(silent.filter((m) => !told.has(m))).toEqual([]);
  });

  test("every way of importing counts", () => {
    const ways = [
      'import type { A } from "../audit/record.ts";',
      'export * from "../audit/record.ts";',
      'export { b } from "../audit/record.ts";',
      'export const c = await import("../audit/record.ts");',
    ];
    const file = "apps/gateway/src/features/users/ways.ts";
    const hits = lint([[file, ways.join("\n")]]).filter((d) => d.rule.endsWith("noRestrictedImports"));
    expect(hits.map((d) => d.line)).toEqual([1, 2, 3, 4]);
  });

  test("every source file that we have stands in a zone", () => {
    const placed = sources.filter(
      (f) => /^(apps|packages)\/[^/]+\/src\/.*\.tsx?$|^scripts\//.test(f) && !isTest(f),
    );
    expect(placed.length).toBeGreaterThan(300);
    const hits = lint(placed.map((f) => [f, 'import "@tongdai/desktop";']));
    const fenced = new Set(hits.filter((d) => d.rule.endsWith("noRestrictedImports")).map((d) => d.file));
    expect(placed.filter((f) => !fenced.has(f))).toEqual([]);
  });
});

describe("other rules", () => {
  const found = lint(
    [
      ...Object.values(offences),
      [
        "apps/gateway/src/store/square.ts",
        'import { circle } from "./circle.ts";\nexport const square = () => circle;',
      ],
      ["apps/gateway/package.json", '{ "name": "x", "dependencies": {} }'],
      ["apps/gateway/src/main.ts", "export const port = process.env.PORT;"],
    ],
    { typeAware: true },
  );

  test.for(Object.entries(offences))("%s", ([rule, [file]]) => {
    expect(found.filter((d) => d.rule.endsWith(rule)).map((d) => d.file)).toContain(file);
  });

  test("main.ts may read the environment", () => {
    expect(found.filter((d) => d.file === "apps/gateway/src/main.ts")).toEqual([]);
  });

  test("no file of ours is longer than 400 lines", () => {
    const count = (f: string) => read(f).split("\n").length - 1;
    expect(sources.filter((f) => count(f) > 400)).toEqual([]);
  });
});

describe("packages and projects", () => {
  const manifest = (dir: string) =>
    JSON.parse(read(`${dir}/package.json`)) as { exports?: Record<string, string> };

  test("a package shows its front door only", () => {
    expect(Object.keys(manifest("packages/shared").exports ?? {})).toEqual([".", "./testing"]);
    expect(Object.keys(manifest("apps/gateway").exports ?? {})).toEqual(["."]);
    const require = createRequire(import.meta.url);
    expect(() => require.resolve("@tongdai/shared/src/domain/fold.ts")).toThrow('not defined by "exports"');
    expect(() => require.resolve("@tongdai/gateway/src/store/index.ts")).toThrow('not defined by "exports"');
  });

  const projects = globSync(["{packages,apps}/*/tsconfig*.json", "{tests,scripts}/tsconfig*.json"], {
    cwd: root,
  }).sort();
  const references = (path: string): string[] => {
    const config = JSON.parse(read(path)) as { references?: { path: string }[] };
    return (config.references ?? []).map((r) => relative(root, join(root, dirname(path), r.path))).sort();
  };

  test("project references are the arrows between packages", () => {
    const allowed = (project: string): string[] => {
      if (project.startsWith("apps/gateway/tsconfig.test")) return ["apps/gateway", "packages/shared"];
      if (project.startsWith("packages/shared/tsconfig.test")) return ["packages/shared"];
      if (project.startsWith("apps/")) return ["packages/shared"];
      // The contract of a softphone is tried in a real browser, too.
      const tried = ["apps/desktop/tsconfig.web.json", "apps/gateway", "packages/shared"];
      return project === "tests/tsconfig.json" ? tried : [];
    };
    for (const project of projects)
      expect([project, ...references(project)]).toEqual([project, ...allowed(project)]);
  });

  test("the root builds every project, and every TypeScript file belongs to one", () => {
    const named = references("tsconfig.json").map((p) => (p.endsWith(".json") ? p : `${p}/tsconfig.json`));
    expect(named.sort()).toEqual(projects);
    const listed = projects.flatMap((p) =>
      tool("typescript/bin/tsc", root, ["-p", p, "--listFilesOnly"]).split("\n"),
    );
    const known = new Set(listed.map((f) => relative(root, f.trim())));
    const loose = ours.filter((f) => /\.tsx?$/.test(f) && f !== "vitest.config.ts" && !known.has(f));
    expect(loose).toEqual([]);
  });

  test("shared compiles without Node, without a DOM and without its neighbours", () => {
    const text =
      'document.title;\nsetTimeout(() => {}, 1);\nBuffer.from("");\nexport * from "../../../apps/x.ts";';
    const dir = tree([
      ["tsconfig.base.json", read("tsconfig.base.json")],
      ["packages/shared/tsconfig.json", read("packages/shared/tsconfig.json")],
      ["packages/shared/src/plant.ts", text],
      ["apps/x.ts", "export const x = 1;"],
    ]);
    const out = tool("typescript/bin/tsc", dir, ["-p", "packages/shared", "--noEmit", "--pretty", "false"]);
    for (const name of ["'document'", "'setTimeout'", "'Buffer'", "is not under 'rootDir'"])
      expect(out).toContain(name);
  });
});

test("every test file is run by exactly one vitest project", async () => {
  const configs = globSync(["{packages,apps}/*/vitest*.config.ts", "{tests,scripts}/vitest*.config.ts"], {
    cwd: root,
  });
  const runs: string[] = [];
  for (const path of configs) {
    const config = (await import(join(root, path))) as { default: { test: { include: string[] } } };
    const cwd = join(root, dirname(path));
    for (const file of globSync(config.default.test.include, {
      cwd,
      exclude: ["**/node_modules/**", "**/dist/**"],
    }))
      runs.push(relative(root, join(cwd, file)));
  }
  expect(runs.toSorted()).toEqual(ours.filter(isTest).toSorted());
});

/** The messages of all import restrictions in a configuration. */
function messagesOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, v]) =>
    key === "message" && typeof v === "string" ? [v] : messagesOf(v),
  );
}
