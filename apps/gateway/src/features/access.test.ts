import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Permission } from "@tongdai/shared";
import { expect, test } from "vitest";
import { assertMay, may } from "./access.ts";

const source = join(import.meta.dirname, "..");

/** Looking a permission up by hand: in a set of that name, or by the name of one. */
const byHand = new RegExp(
  `permissions(?:Of\\([^;]*\\))?\\s*\\.has\\(|allowedTo\\([^;]*\\)\\.has\\(|\\.(?:has|includes)\\(\\s*"(?:${Permission.options.join("|").replaceAll(".", "\\.")})"`,
);

test("nobody but may() looks a permission up", () => {
  const files = globSync("**/*.ts", { cwd: source }).filter((file) => !/\.test\.ts$|^testing\//.test(file));
  const found = files.filter((file) => byHand.test(readFileSync(join(source, file), "utf8")));
  expect(found).toEqual([join("features", "access.ts")]);
});

test.each([
  'caller.permissions.has("work")',
  'x.has("floor.act")',
  "(await allowedTo(q, r)).has(p)",
  "permissionsOf(ids, roles)\n  .has(p)",
  'role.permissions.includes("roles.manage")',
])("%s would be found", (line) => expect(line).toMatch(byHand));

test("what is missing is named", () => {
  const who = { permissions: new Set(["work"] as const) };
  expect([may(who, "work"), may(who, "audit.read")]).toEqual([true, false]);
  expect(() => assertMay(who, "audit.read", "audit.list")).toThrow(
    expect.objectContaining({ code: "forbidden", details: { permission: "audit.read" } }),
  );
});
