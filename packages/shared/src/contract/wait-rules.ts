import { z } from "zod";
import { Id, Millis, text } from "./scalars.ts";

const Words = text(1_000).pipe(z.string().regex(/\S/));

/** `ticket` and `call_back` close the work, `move` hands it to another queue; after `message` it goes on waiting. */
export const WaitAction = z.enum(["message", "ticket", "call_back", "move"]);
export type WaitAction = z.infer<typeof WaitAction>;

const afterMs = Millis.min(10_000).max(7 * 86_400_000);

/** What is done once somebody has waited so long in the queue. */
export const WaitStep = z.discriminatedUnion("action", [
  z.strictObject({ afterMs, action: z.literal("message"), text: Words }),
  z.strictObject({ afterMs, action: z.literal("ticket") }),
  z.strictObject({ afterMs, action: z.literal("call_back") }),
  z.strictObject({ afterMs, action: z.literal("move"), queueId: Id }),
]);
export type WaitStep = z.infer<typeof WaitStep>;

/** What customers are told of their place, where the channel takes such notices. */
export const PlaceNotice = z.strictObject({
  /** Holds `{{position}}`, `{{minutes}}` or both. A line whose number is not known is left out. */
  text: text(1_000).pipe(z.string().regex(/\{\{(position|minutes)\}\}/)),
  /** Told again at most so often, and only when the place has become better; `null`: once. */
  everyMs: Millis.min(60_000).max(86_400_000).nullable(),
});
export type PlaceNotice = z.infer<typeof PlaceNotice>;

/** What happens with whoever waits in a queue, and what they are told. */
export const WaitRules = z.strictObject({
  /** In order of time; only the last may end the wait. */
  steps: z
    .array(WaitStep)
    .max(10)
    .refine((steps) => steps.every((s, i) => s.afterMs > (steps[i - 1]?.afterMs ?? 0)), {
      error: "steps grow in time",
    })
    .refine((steps) => steps.every((s, i) => s.action === "message" || i === steps.length - 1), {
      error: "nothing comes after a step that ends the wait",
    }),
  /** `null`: nothing is said. */
  place: PlaceNotice.nullable(),
});
export type WaitRules = z.infer<typeof WaitRules>;

export const noWaitRules: WaitRules = { steps: [], place: null };
