import { z } from "zod";
import { command } from "./command.ts";
import { Interaction, ReturnTo } from "./conversations.ts";
import { Obstacle, Reason } from "./routing.ts";
import { Id, line, Millis, text, Version } from "./scalars.ts";
import { Ticket } from "./tickets.ts";
import { FormAnswer, FormInput } from "./wrap-up.ts";

const interaction = z.object({ interaction: Interaction });

export const interactionCommands = {
  "offer.accept": command("work", z.strictObject({ offerId: Id }), interaction),
  "offer.decline": command("work", z.strictObject({ offerId: Id }), z.object({})),
  /** Take waiting work oneself. Refused with `taken` when somebody was quicker. */
  "interaction.claim": command("work", z.strictObject({ interactionId: Id }), interaction),
  /** Open a new interaction on a conversation that has none, owned by the asker: writing first, or again. */
  "interaction.start": command("work", z.strictObject({ conversationId: Id }), interaction),
  "interaction.transfer": command(
    "work",
    z.strictObject({
      interactionId: Id,
      version: Version,
      to: z.union([z.strictObject({ queueId: Id }), z.strictObject({ userId: Id })]),
      note: text(2_000).default(""),
    }),
    interaction,
  ),
  /**
   * Puts one's own work aside until a time: it takes no room meanwhile. It comes back earlier when the customer writes, or by
   * `interaction.unpark`. Parking it again moves the time.
   */
  "interaction.park": command(
    "work",
    z.strictObject({
      interactionId: Id,
      version: Version,
      until: Millis,
      returnTo: ReturnTo.default("agent"),
      note: text(500).default(""),
    }),
    interaction,
  ),
  "interaction.unpark": command("work", z.strictObject({ interactionId: Id, version: Version }), interaction),
  /** The talk is over; the wrap-up begins. */
  "interaction.end": command("work", z.strictObject({ interactionId: Id, version: Version }), interaction),
  /** More time to wrap up, as the queue allows; refused with `extensions_used` beyond. */
  "interaction.extend_wrap_up": command(
    "work",
    z.strictObject({ interactionId: Id, version: Version }),
    interaction,
  ),
  /** Ends the wrap-up. `resolved: false` makes a ticket when none is linked. */
  "interaction.close": command(
    "work",
    z.strictObject({
      interactionId: Id,
      version: Version,
      /** The path of a leaf of the queue's tree. Where the queue needs one, `null` is refused with `disposition_required`. */
      disposition: line(400).nullable().default(null),
      /** Left out: as the disposition says. */
      resolved: z.boolean().optional(),
      note: text(2_000).default(""),
      form: FormInput.default({}),
    }),
    z.object({ interaction: Interaction, ticket: Ticket.nullable() }),
  ),
  /** Why it waits, why it came to me: the journal's reasons for one interaction, or for the newest ones of a conversation, oldest first. */
  "interaction.history": command(
    "work",
    z.union([z.strictObject({ interactionId: Id }), z.strictObject({ conversationId: Id })]),
    z.object({
      entries: z.array(
        z.object({
          seq: z.number().int(),
          at: z.number().int(),
          name: z.string(),
          actorId: Id.nullable(),
          userId: Id.nullable(),
          reasons: z.array(Reason),
          note: line(2_000).nullable(),
          disposition: z.string().nullable(),
          form: z.array(FormAnswer),
        }),
      ),
    }),
  ),
  /** What stands between waiting work and each agent of the queues that are asked; empty when it does not wait. */
  "interaction.explain": command(
    "agents.see",
    z.strictObject({ interactionId: Id }),
    z.object({
      /** `obstacle: null`: could take it now. */
      agents: z.array(z.object({ userId: Id, obstacle: Obstacle.nullable() })),
    }),
  ),
};
