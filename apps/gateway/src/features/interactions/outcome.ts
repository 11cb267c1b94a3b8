import { AppError, type CommandParsed, dispositionLeaves, type FormAnswer, readForm } from "@tongdai/shared";
import { dispositionsOf, wrapUpOf } from "../../presenters/people.ts";
import type { QueueRow } from "../../store/schema.ts";

interface Outcome {
  readonly resolved: boolean;
  readonly form: readonly FormAnswer[];
}

/**
 * How work is said to have ended, as far as its queue allows it. Throws `disposition_required`, or `invalid_input` for a
 * disposition that is no leaf of the queue's tree and for an answer that does not fit the form.
 */
export function outcomeOf(
  queue: QueueRow | undefined,
  { disposition, resolved, form }: CommandParsed<"interaction.close">,
): Outcome {
  if (!queue) throw new Error("work has no queue");
  const rules = wrapUpOf(queue);
  if (disposition === null && rules.needsDisposition)
    throw new AppError("disposition_required", "the queue wants to know how it ended", {
      field: "disposition",
    });
  const leaf = dispositionLeaves(dispositionsOf(queue)).find(({ path }) => path === disposition);
  if (disposition !== null && !leaf)
    throw new AppError("invalid_input", "the queue has no such disposition", { field: "disposition" });
  const read = readForm(rules.form, form);
  if (!("answers" in read))
    throw new AppError("invalid_input", "an answer does not fit the form", {
      field: `form.${read.fieldId}`,
      problem: read.problem,
    });
  return { resolved: resolved ?? leaf?.resolved ?? true, form: read.answers };
}
