import fc from "fast-check";
import { expect, test } from "vitest";
import type { TemplateParam } from "../contract/templates.ts";
import { templateProblems, templateText, templateValues } from "./template.ts";

const param = (name: string, more: Partial<TemplateParam> = {}): TemplateParam => ({
  name,
  kind: "text",
  required: true,
  minLength: 1,
  maxLength: 10,
  ...more,
});

test.each([
  [param("a"), "", "missing"],
  [param("a"), "   ", "missing"],
  [param("a", { required: false }), "", undefined],
  [param("a", { minLength: 3 }), "ab", "too_short"],
  [param("a"), "12345678901", "too_long"],
  // Letters that a keyboard has sent decomposed count as one.
  [param("a", { maxLength: 4 }), "Hạnh".normalize("NFD"), undefined],
  [param("a", { kind: "number" }), "12a", "not_number"],
  [param("a", { kind: "number" }), "1.200.000", undefined],
  [param("a", { kind: "date" }), "22/11/2026", undefined],
  [param("a", { kind: "date", maxLength: 20 }), "08:30 22/11/2026", undefined],
  [param("a", { kind: "date" }), "2026-11-22", "not_date"],
  [param("a", { kind: "date" }), "31/02/2026", "not_date"],
])("%j with %j is %s", (rule, value, problem) => {
  const values = templateValues([rule], { a: value });
  expect(templateProblems([rule], values)["a"]).toBe(problem);
});

test("only what the template asks for is sent, whatever its parameters are called", () => {
  expect(templateValues([param("a")], { a: " x ", b: "y" })).toEqual({ a: "x" });
  expect(templateProblems([param("constructor")], templateValues([param("constructor")], {}))).toEqual({
    constructor: "missing",
  });
});

test("the words with what is put in, or the name and the values where the vendor tells no words", () => {
  const params = [param("ten"), param("ma")];
  const told = { name: "Giao hàng", params, text: "Chào {{ten}}, đơn {{ma}} đang giao." };
  expect(templateText(told, { ten: "Hà", ma: "D1" })).toBe("Chào Hà, đơn D1 đang giao.");
  expect(templateText(told, { ten: "Hà" })).toBe("Chào Hà, đơn … đang giao.");
  expect(templateText({ ...told, text: null }, { ten: "Hà" })).toBe("Giao hàng\nten: Hà");
});

test("what a customer is called is put in as it is, also where it looks like a place for a value", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (value) => {
      const text = templateText({ name: "n", params: [param("a")], text: "<{{a}}>" }, { a: value });
      expect(text).toBe(`<${value}>`);
    }),
  );
});
