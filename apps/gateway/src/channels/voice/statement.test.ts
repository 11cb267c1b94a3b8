import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { readStatement } from "./statement.ts";

const SECRET = "a-secret-of-thirty-two-characters";
const NOW = Date.UTC(2026, 10, 22);
const inAnHour = NOW / 1_000 + 3_600;

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

function signed(claims: object, o: { alg?: string; secret?: string } = {}): string {
  const text = `${part({ alg: o.alg ?? "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${text}.${createHmac("sha256", o.secret ?? SECRET)
    .update(text)
    .digest("base64url")}`;
}
const hoa = { phone_number: "0912345678", name: "Chị Hoa", exp: inAnHour };
const read = (token: string) => readStatement(token, SECRET, NOW);

test("a site's server says who its visitor is", () => {
  expect(read(signed(hoa))).toEqual({ number: "+84912345678", name: "Chị Hoa" });
  expect(read(signed({ phone_number: "+84912345678", exp: inAnHour }))).toEqual({
    number: "+84912345678",
    name: null,
  });
});

test.each([
  ["signed with another secret", signed(hoa, { secret: "another-secret-of-thirty-two-chars" })],
  ["of another algorithm", signed(hoa, { alg: "none" })],
  ["without its signature", signed(hoa).replace(/[^.]*$/, "")],
  ["changed", signed(hoa).replace(/\.[^.]+\./, `.${part({ ...hoa, phone_number: "0987654321" })}.`)],
  ["with a part too many", `${signed(hoa)}.x`],
  ["that is over", signed({ ...hoa, exp: NOW / 1_000 })],
  ["without an end", signed({ phone_number: "0912345678" })],
  ["good for a year", signed({ ...hoa, exp: inAnHour + 365 * 86_400 })],
  ["without a number", signed({ name: "Chị Hoa", exp: inAnHour })],
  ["of no number", signed({ ...hoa, phone_number: "12" })],
  ["that is none", "nonsense"],
])("a statement %s is not believed", (_, token) => expect(read(token)).toBeNull());
