import { AppError } from "@tongdai/shared";
import { useState } from "react";
import { z } from "zod";
import { useT } from "../i18n/index.ts";
import { causeText } from "./words.ts";

export interface Submit {
  readonly busy: boolean;
  /** What is wrong with the whole, in a sentence. */
  readonly problem: string | null;
  /** What is wrong with one field. */
  readonly errorOf: (field: string) => { readonly error: string } | Record<string, never>;
  /** Answers whether it went well; what was typed stays in either case. */
  readonly submit: (action: () => Promise<unknown>) => Promise<boolean>;
  /** What is wrong by field; another object after each try. */
  readonly fields: Readonly<Record<string, string>>;
  readonly fail: (field: string, error: string) => void;
}

const Details = z.object({
  field: z.string().optional().catch(undefined),
  fields: z.record(z.string(), z.string()).optional().catch(undefined),
});

interface Trouble {
  readonly problem: string | null;
  readonly fields: Readonly<Record<string, string>>;
}

const none: Trouble = { problem: null, fields: {} };

/** A form's way to the gateway: a second press while it runs does nothing, and a refusal stands at its field. */
export function useSubmit(): Submit {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState(none);

  function troubleOf(cause: unknown): Trouble {
    const details = Details.safeParse(cause instanceof AppError ? (cause.details ?? {}) : {});
    const { field, fields = {} } = details.success ? details.data : {};
    const names = [...Object.keys(fields), ...(field ? [field] : [])];
    if (names.length === 0) return { problem: causeText(cause, t), fields: {} };
    // The gateway names the field; its words are for developers.
    const isTaken = cause instanceof AppError && cause.code === "conflict";
    const text = isTaken ? t("errors.field.taken") : t("admin.fieldWrong");
    return { problem: null, fields: Object.fromEntries(names.map((name) => [name, text])) };
  }

  return {
    busy,
    problem: trouble.problem,
    fields: trouble.fields,
    errorOf: (field) => (trouble.fields[field] === undefined ? {} : { error: trouble.fields[field] }),
    fail: (field, error) => setTrouble({ problem: null, fields: { [field]: error } }),
    async submit(action) {
      if (busy) return false;
      setBusy(true);
      setTrouble(none);
      try {
        await action();
        return true;
      } catch (cause) {
        setTrouble(troubleOf(cause));
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
