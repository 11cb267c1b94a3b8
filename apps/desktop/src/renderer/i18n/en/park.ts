import type { Mirror } from "../types.ts";
import type { park as vi } from "../vi/park.ts";

export const park = {
  park: "Park",
  parkWork: "Park this work",
  again: "Change when it returns",
  unpark: "Take up again",
  wake: "Call this work back",
  untilShort: "Parked, returns {{time}}",
  when: "Returns",
  minutes: "In 20 minutes",
  hour: "In 1 hour",
  opening: "Tomorrow, when the queue opens",
  tomorrow: "Tomorrow morning",
  customer: "When the customer writes, in 7 days at the latest",
  other: "Another day and time",
  otherHint: "For example 31/12 9:30, within 60 days",
  tooFar: "Choose a time to come, within 60 days",
  returnTo: "Returns to",
  toAgent: "Me",
  toAgentHint: "If you are not there then, it goes to the queue with the age it has",
  toQueue: "The queue",
  note: "Why",
  noteHint: "Colleagues see it in the conversation",
  wakes: "When the customer writes it returns at once.",
  owed: "The customer waits for an answer.",
  done: "Parked until {{time}}",
  step: {
    parked: "{{name}} parked it",
    unparked: "Back with {{name}}",
  },
} as const satisfies Mirror<typeof vi>;
