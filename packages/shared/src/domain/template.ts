import type { MessageTemplate, TemplateParam } from "../contract/templates.ts";

export type TemplateProblem = "missing" | "too_short" | "too_long" | "not_number" | "not_date";

type Values = Readonly<Record<string, string>>;

/** The values as they are sent: those that the template asks for, without blanks around them, composed (NFC); empty ones left out. */
export function templateValues(params: readonly TemplateParam[], given: Values): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { name } of params) {
    const value = (Object.hasOwn(given, name) ? (given[name] ?? "") : "").normalize("NFC").trim();
    if (value !== "") values[name] = value;
  }
  return values;
}

/** What is wrong with values of `templateValues`, by the parameter's name; empty: nothing. */
export function templateProblems(
  params: readonly TemplateParam[],
  values: Values,
): Record<string, TemplateProblem> {
  return Object.fromEntries(
    params.flatMap((param) => {
      const problem = problemOf(param, Object.hasOwn(values, param.name) ? values[param.name] : undefined);
      return problem === null ? [] : [[param.name, problem]];
    }),
  );
}

function problemOf(param: TemplateParam, value: string | undefined): TemplateProblem | null {
  if (value === undefined) return param.required ? "missing" : null;
  if (param.kind === "number" && !/^-?\d+([.,]\d+)*$/.test(value)) return "not_number";
  if (param.kind === "date" && !isDate(value)) return "not_date";
  if (value.length < param.minLength) return "too_short";
  return value.length > param.maxLength ? "too_long" : null;
}

const DATE = /^(?:([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)? )?(\d{2})\/(\d{2})\/(\d{4})$/;

function isDate(value: string): boolean {
  const [, , day, month, year] = DATE.exec(value) ?? [];
  if (!day || !month || !year) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCDate() === Number(day) && date.getUTCMonth() === Number(month) - 1;
}

/** What the customer will read; where the vendor does not tell the words, its name and what is put in. A missing value stays a gap. */
export function templateText(
  { name, text, params }: Pick<MessageTemplate, "name" | "text" | "params">,
  values: Values,
): string {
  const given = (key: string): string => (Object.hasOwn(values, key) ? (values[key] ?? "") : "");
  if (text !== null) return text.replaceAll(/\{\{([^{}]+)\}\}/g, (_, key: string) => given(key) || "…");
  const lines = params.flatMap((p) => (given(p.name) === "" ? [] : [`${p.name}: ${given(p.name)}`]));
  return [name, ...lines].join("\n");
}
