import type { Mirror } from "../types.ts";
import type { wrapUp as vi } from "../vi/wrap-up.ts";

export const wrapUp = {
  title: "Wrap up",
  disposition: "Disposition",
  search: "Type to find a disposition",
  open: "not resolved",
  nothing: "No disposition fits",
  note: "Summary",
  noteHint: "The next person reads this first",
  timeLeft: "{{time}} left",
  more: "{{time}} more",
  done: "Done",
  saved: "Wrapped up",
  yes: "Yes",
  no: "No",
  dateHint: "For example 31/12/2026",
  required: "Must be filled in",
  invalid: "Does not fit",
  stale: "The queue's form has just changed. Open this again and go on.",
  answer: "{{label}}: {{value}}",
} as const satisfies Mirror<typeof vi>;
