import { z } from "zod";
import { line } from "./scalars.ts";

/** Stands between the names of a disposition's path, so no name holds it. */
export const DISPOSITION_MARK = "›";
/** Levels of the tree. */
export const DISPOSITION_DEPTH = 3;
const MOST_DISPOSITIONS = 500;

/** A code that says how work ended, or a group of such codes: only what has no children is chosen. */
export const Disposition = z.object({
  name: z.string(),
  /** False: the matter stays open, and the wrap-up proposes a ticket. Of a group it says nothing. */
  resolved: z.boolean(),
  get children(): z.ZodOptional<z.ZodArray<typeof Disposition>> {
    return z.array(Disposition).optional();
  },
});
export type Disposition = z.infer<typeof Disposition>;

const DispositionInput = z.strictObject({
  name: line(100).pipe(z.string().regex(/^[^›]*$/)),
  resolved: z.boolean(),
  get children(): z.ZodOptional<z.ZodArray<typeof DispositionInput>> {
    return z.array(DispositionInput).min(1).max(100).optional();
  },
});

/** A queue's dispositions as they are saved: names differ among those that stand together. */
export const DispositionTree = z
  .array(DispositionInput)
  .min(1)
  .max(100)
  .superRefine((tree, ctx) => {
    let count = 0;
    const look = (level: readonly Disposition[], depth: number, path: (string | number)[]): void => {
      const names = new Set<string>();
      for (const [i, { name, children }] of level.entries()) {
        if (names.has(name)) ctx.addIssue({ code: "custom", message: "twice", path: [...path, i, "name"] });
        names.add(name);
        count++;
        if (!children) continue;
        if (depth === DISPOSITION_DEPTH)
          ctx.addIssue({ code: "custom", message: "too deep", path: [...path, i, "children"] });
        else look(children, depth + 1, [...path, i, "children"]);
      }
    };
    look(tree, 1, []);
    if (count > MOST_DISPOSITIONS) ctx.addIssue({ code: "custom", message: "too many" });
  });

export const FormKind = z.enum(["text", "choice", "yes_no", "number", "date"]);
export type FormKind = z.infer<typeof FormKind>;

/** Something that is asked at wrap-up. */
export const FormField = z.strictObject({
  id: z.string().min(1).max(40),
  label: line(100),
  kind: FormKind,
  required: z.boolean(),
  /** Of a choice. */
  options: z.array(line(100)).max(50).default([]),
});
export type FormField = z.infer<typeof FormField>;

/** How a queue's work is wrapped up. */
export const WrapUpRules = z.strictObject({
  /** Nobody closes without saying how it ended. */
  needsDisposition: z.boolean().default(true),
  /** How often the time may be extended, and by how much. */
  extensions: z.number().int().min(0).max(10).default(2),
  extendSeconds: z.number().int().min(10).max(1_800).default(60),
  form: z
    .array(FormField)
    .max(10)
    .refine((fields) => new Set(fields.map((f) => f.id)).size === fields.length)
    .refine((fields) => fields.every((f) => f.kind !== "choice" || f.options.length > 0))
    .default([]),
});
export type WrapUpRules = z.infer<typeof WrapUpRules>;

export const defaultWrapUpRules: WrapUpRules = WrapUpRules.parse({});

/** By field: text of a text, a choice and a date (2026-12-31), a number, yes or no. */
export const FormInput = z.record(
  z.string().max(40),
  z.union([z.string().max(2_000), z.number(), z.boolean()]),
);
export type FormInput = z.infer<typeof FormInput>;

/** An answer as it is kept: readable when its field is long gone. */
export const FormAnswer = z.object({
  label: z.string(),
  kind: FormKind,
  value: z.union([z.string(), z.number(), z.boolean()]),
});
export type FormAnswer = z.infer<typeof FormAnswer>;
