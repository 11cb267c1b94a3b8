import { expect, test } from "vitest";
import { type Prerequisite, plan } from "./prerequisites.ts";

const chromium: Prerequisite = { name: "Chromium", debianPackage: "chromium", found: true };
const postgres: Prerequisite = { name: "PostgreSQL", debianPackage: "postgresql", found: true };
const font: Prerequisite = { name: "fonts", debianPackage: "fonts-noto-core", found: false, optional: true };
const gone = (item: Prerequisite): Prerequisite => ({ ...item, found: false });

test("nothing is done when everything is there", () => {
  expect(plan([chromium, postgres], { debian: true, root: true })).toEqual({ kind: "ready" });
});

test("root on Debian installs what is missing, fonts too", () => {
  expect(plan([gone(chromium), postgres, font], { debian: true, root: true })).toEqual({
    kind: "install",
    packages: ["chromium", "fonts-noto-core"],
  });
});

test("others on Debian are told the one command, for what the tests cannot do without", () => {
  const result = plan([gone(chromium), gone(postgres), font], { debian: true, root: false });
  expect(result).toEqual({
    kind: "stop",
    message:
      "The tests need Chromium and PostgreSQL, which this machine does not have. Type: sudo apt-get update && sudo apt-get install -y chromium postgresql",
  });
});

test.each([true, false])("a missing font alone installs nothing and stops nobody (root: %s)", (root) => {
  expect(plan([chromium, postgres, font], { debian: true, root })).toEqual({ kind: "ready" });
});

test("another system never gets Debian's command", () => {
  expect(plan([gone(postgres)], { debian: false, root: true })).toMatchObject({
    kind: "stop",
    message: expect.not.stringContaining("apt-get") as string,
  });
});
