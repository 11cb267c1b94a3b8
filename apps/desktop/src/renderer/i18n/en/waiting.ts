import type { Mirror } from "../types.ts";
import type { waiting as vi } from "../vi/waiting.ts";

export const waiting = {
  steps: "When a customer waits long",
  stepsHint:
    "Counted from when the customer wrote, not while the queue is closed. Once somebody takes the work, the rest is left out.",
  none: "Customers wait until somebody takes them",
  add: "Add step",
  remove: "Remove step {{step}}",
  after: "After waiting",
  minutes: "minutes",
  action: "Then",
  actions: {
    message: "send the customer a message",
    ticket: "make a ticket and close",
    call_back: "promise a call back and close",
    move: "move to another queue",
  },
  actionHint: {
    ticket: "The ticket is linked; the work is closed because it waited too long.",
    call_back: "A ticket to call back, due by the next opening; the work is closed.",
    move: "The customer keeps their waiting time; the other queue's steps count from the move.",
  },
  toQueue: "Queue",
  messageOf: "Message of step {{step}}",
  messageExample: "We are very busy right now. Please bear with us for a few more minutes.",
  order: "Must come after the step above",
  afterEnd: "The step above has ended the wait",
  noWords: "Write a message",
  place: "Place in the line",
  tells: "Tell customers their place and the expected wait",
  tellsHint: "Sent when the wait begins, on channels that take automatic notices, as Messenger does.",
  placeText: "Text",
  placeTextHint:
    "{{position}} is the place, {{minutes}} the minutes, rounded. A line whose number is not known is left out.",
  placeExample: "You are number {{position}} in the line.\nWe expect to answer in about {{minutes}} minutes.",
  example: "For example:",
  needsNumber: "Must hold {{position}} or {{minutes}}",
  every: "Tell again at most every",
  everyHint: "Only when the place is better; empty: once",
} satisfies Mirror<typeof vi>;
