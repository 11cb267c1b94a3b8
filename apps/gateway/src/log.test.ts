import { describe, expect, test } from "vitest";
import { createLog } from "./log.ts";

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog("info", { write: (line) => lines.push(line) }));
  expect(lines).toHaveLength(1);
  return lines.join("");
}

const SECRET = "EAAB-s3cr3t";
const PHONE = "0901234567";

describe("no token or phone number reaches a line", () => {
  test.each([
    ["a message", (log) => log.info(`called ${PHONE} with Bearer ${SECRET}`)],
    ["the end of a sentence", (log) => log.info(`No answer from ${PHONE}.`)],
    ["a word before it", (log) => log.info(`Tel.${PHONE}`)],
    ["a field", (log) => log.info({ token: SECRET, note: PHONE }, "x")],
    [
      "a header, in any case",
      (log) => log.info({ a: { b: { c: { headers: { Authorization: SECRET } } } } }, "x"),
    ],
    ["text in the depth", (log) => log.info({ a: { b: { c: { d: [`Bearer ${SECRET}`, PHONE] } } } }, "x")],
    [
      "what PostgreSQL adds to its error",
      (log) =>
        log.error({ err: Object.assign(new Error("duplicate"), { detail: `Key (text)=(${PHONE})` }) }, "x"),
    ],
    [
      "an address in an error",
      (log) =>
        log.error({ err: Object.assign(new Error("no"), { url: `https://v/?access_token=${SECRET}` }) }, "x"),
    ],
    ["a bare error", (log) => log.error(new Error(`no answer from ${PHONE}`))],
    [
      "several errors",
      (log) => log.error({ err: new AggregateError([new Error(PHONE), new Error(PHONE)]) }, "x"),
    ],
    ["the cause of an error", (log) => log.error({ err: new Error("no", { cause: new Error(PHONE) }) }, "x")],
  ] satisfies [string, (log: ReturnType<typeof createLog>) => void][])("%s", (_name, write) => {
    const line = logged(write);
    expect(line).not.toContain(SECRET);
    expect(line).not.toContain(PHONE);
  });

  test.each(["10.0.0.1:5432", "1.5 s", "3.14159265358979"])("%s is no phone number", (text) => {
    expect(logged((log) => log.info(text))).toContain(text);
  });

  test("an error keeps its kind, its words and where it came from", () => {
    const { err } = JSON.parse(logged((log) => log.error({ err: new TypeError("no such page") }, "x")));
    expect(err).toMatchObject({ type: "TypeError", message: "no such page" });
    expect(err.stack).toContain("log.test.ts");
  });

  test("what turns in a circle is cut off", () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(logged((log) => log.info({ circle }, "x"))).toContain("[deep]");
  });
});
