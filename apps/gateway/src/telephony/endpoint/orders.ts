import { z } from "zod";

/** What the gateway wants of its player. Ids are of talks, each begins by `answer` or `offer` and ends by `close`. */
export const Order = z.discriminatedUnion("do", [
  z.object({ do: z.literal("answer"), id: z.string(), offer: z.string() }),
  z.object({ do: z.literal("offer"), id: z.string() }),
  z.object({ do: z.literal("accept"), id: z.string(), answer: z.string() }),
  z.object({ do: z.literal("close"), id: z.string() }),
]);
export type Order = z.infer<typeof Order>;

/** What comes of `answer` and `offer`. */
export const Described = z.union([
  z.object({ id: z.string(), sdp: z.string() }),
  z.object({ id: z.string(), failed: z.string() }),
]);
export type Described = z.infer<typeof Described>;
