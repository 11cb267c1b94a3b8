import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { claim, requireUnclaimed } from "./claim.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "tongdai-claim-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

test("one data directory has one launcher at a time", () => {
  const release = claim(dir, "http://127.0.0.1:4000");
  expect(() => claim(dir, "http://127.0.0.1:4100")).toThrow(/runs already on .*http:\/\/127\.0\.0\.1:4000/);
  release();
  expect(() => requireUnclaimed(dir)).not.toThrow();
});

test.each([
  ["of a process that is gone", JSON.stringify({ pid: 2 ** 22 + 1, url: "http://127.0.0.1:4000" })],
  ["cut short", '{"pid": 1'],
])("a note %s binds nobody", (_, content) => {
  writeFileSync(join(dir, "running.json"), content);
  expect(() => requireUnclaimed(dir)).not.toThrow();
});
