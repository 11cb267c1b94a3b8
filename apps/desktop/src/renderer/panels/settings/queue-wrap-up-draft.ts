import { defaultWrapUpRules, FormKind, type Queue, type WrapUpRules } from "@tongdai/shared";
import { asNumber } from "../numbers.ts";

export interface FieldDraft {
  readonly key: number;
  readonly id: string;
  readonly label: string;
  readonly kind: FormKind;
  readonly required: boolean;
  /** With semicolons between them. */
  readonly options: string;
}

/** How work is wrapped up, as it stands in the form. */
export interface WrapUpDraft {
  readonly needsDisposition: boolean;
  readonly extensions: string;
  readonly extendSeconds: string;
  readonly form: readonly FieldDraft[];
}

export const formKinds = FormKind.options;

export function wrapUpDraftOf(queue: Queue | null, newKey: () => number): WrapUpDraft {
  const rules = queue?.wrapUp ?? defaultWrapUpRules;
  return {
    needsDisposition: rules.needsDisposition,
    extensions: String(rules.extensions),
    extendSeconds: String(rules.extendSeconds),
    form: rules.form.map((field) => ({ ...field, key: newKey(), options: field.options.join("; ") })),
  };
}

export const wrapUpFrom = (draft: WrapUpDraft): WrapUpRules => ({
  needsDisposition: draft.needsDisposition,
  extensions: asNumber(draft.extensions),
  extendSeconds: asNumber(draft.extendSeconds),
  form: draft.form.map(({ id, label, kind, required, options }) => ({
    id,
    label,
    kind,
    required,
    options: kind === "choice" ? optionsOf(options) : [],
  })),
});

const optionsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(";")
      .map((option) => option.trim())
      .filter(Boolean),
  ),
];

/** A choice between nothing: the line that asks for it. */
export const emptyChoice = ({ form }: WrapUpDraft): number =>
  form.findIndex(({ kind, options }) => kind === "choice" && optionsOf(options).length === 0);
