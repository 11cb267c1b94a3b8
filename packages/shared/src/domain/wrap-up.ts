import { z } from "zod";
import { cleanText } from "../contract/scalars.ts";
import {
  DISPOSITION_MARK,
  type Disposition,
  type FormAnswer,
  type FormField,
  type FormInput,
} from "../contract/wrap-up.ts";

/** A disposition that can be chosen. */
export interface DispositionLeaf {
  /** What is chosen, kept and shown: `Complaint › Late delivery`. */
  readonly path: string;
  readonly resolved: boolean;
}

/** What of a tree can be chosen, in its order. */
export const dispositionLeaves = (
  tree: readonly Disposition[],
  above: readonly string[] = [],
): DispositionLeaf[] =>
  tree.flatMap(({ name, resolved, children }) => {
    const names = [...above, name];
    return children && children.length > 0
      ? dispositionLeaves(children, names)
      : [{ path: names.join(` ${DISPOSITION_MARK} `), resolved }];
  });

export type FormProblem = "required" | "invalid";
type Read = { readonly answers: FormAnswer[] } | { readonly fieldId: string; readonly problem: FormProblem };

/** The answers to a form, or the first field that is wrong. What was not answered is left out. */
export function readForm(fields: readonly FormField[], input: FormInput): Read {
  const stranger = Object.keys(input).find((id) => !fields.some((f) => f.id === id));
  if (stranger !== undefined) return { fieldId: stranger, problem: "invalid" };
  const answers: FormAnswer[] = [];
  for (const { id, label, kind, required, options } of fields) {
    const given = input[id];
    const value = typeof given === "string" ? cleanText(given).trim() : given;
    if (value === undefined || value === "") {
      if (required) return { fieldId: id, problem: "required" };
      continue;
    }
    if (!fits(value, { kind, options })) return { fieldId: id, problem: "invalid" };
    answers.push({ label, kind, value });
  }
  return { answers };
}

const date = z.iso.date();

function fits(value: string | number | boolean, { kind, options }: Pick<FormField, "kind" | "options">) {
  switch (kind) {
    case "text":
      return typeof value === "string";
    case "choice":
      return typeof value === "string" && options.includes(value);
    case "yes_no":
      return typeof value === "boolean";
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "date":
      return date.safeParse(value).success;
  }
}

/** Answers in one line, in no language. */
export const formLine = (answers: readonly FormAnswer[]): string =>
  answers
    .map(({ label, value }) => `${label}: ${typeof value === "boolean" ? (value ? "✓" : "✗") : value}`)
    .join("; ");
