import type { TemplateParam } from "../contract/templates.ts";
import { foldedWords } from "./fold.ts";
import { templateProblems, templateValues } from "./template.ts";

/** What templates call the customer's name. */
const NAMES = new Set(
  [
    "name|full name|customer|customer name|customer full name|client name",
    "tên|họ tên|họ và tên|khách hàng|tên KH|tên khách|tên khách hàng|họ tên khách hàng",
  ].flatMap((names) => names.split("|").map(keyOf)),
);

interface Known {
  readonly name: string;
  /** By the names that people gave them. */
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * Values that need not be typed: the customer's name where the vendor calls the parameter so, and their attributes where one
 * has the same name ("Mã đơn" -> `ma_don`). What is masked or does not fit is left to whoever writes.
 */
export function guessedValues(
  params: readonly TemplateParam[],
  { name, attributes }: Known,
): Record<string, string> {
  const byKey = new Map(Object.entries(attributes).map(([called, value]) => [keyOf(called), value]));
  const guess = ({ name: called }: TemplateParam) =>
    byKey.get(keyOf(called)) ?? (NAMES.has(keyOf(called)) && /\p{L}/u.test(name) ? name : "");
  const found = params.map((param) => [param.name, guess(param)] as const);
  const values = templateValues(
    params,
    Object.fromEntries(found.filter(([, value]) => !value.includes("*"))),
  );
  const problems = templateProblems(params, values);
  return Object.fromEntries(Object.entries(values).filter(([key]) => !Object.hasOwn(problems, key)));
}

/** "customer_name", "customerName" and "Customer name" are one. */
function keyOf(name: string): string {
  return foldedWords(name).join("");
}
