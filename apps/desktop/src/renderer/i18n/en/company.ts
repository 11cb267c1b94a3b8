import type { Mirror } from "../types.ts";
import type { company as vi } from "../vi/company.ts";

export const company: Mirror<typeof vi> = {
  label: "Supervisors beside this",
  with: "{{names}} joined.",
  mode: { visible: "You are here.", silent: "You watch silently and cannot write to the customer." },
  joinVisibly: "Join",
  joinSilently: "Watch silently",
  leave: "Leave",
  whispers: "Whispers, not seen by the customer",
  said: "{{name}} whispers, {{time}}:",
  whisper: "Whisper",
  placeholder: "Only the agent and supervisors see this",
  told: "{{name}} whispers",
};
