import { z } from "zod";
import { command } from "./command.ts";
import { Message } from "./conversations.ts";
import { ClientId, Id, Millis } from "./scalars.ts";
import { MessageTemplate } from "./templates.ts";

/** Whom a template goes to: the conversation's customer, one of their numbers that we know, or a number that was typed. */
export const TemplateTo = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("id") }),
  z.strictObject({ by: z.literal("identity"), identityId: Id }),
  z.strictObject({ by: z.literal("phone"), phone: z.string().max(40) }),
]);
export type TemplateTo = z.infer<typeof TemplateTo>;

/** An account of another channel whose templates go to telephone numbers; absent: the conversation's own. */
const accountId = Id.optional();

export const templateCommands = {
  /**
   * What the vendor has for an account, also what cannot be sent now. Kept for a while; `refresh` asks the vendor anew.
   * `fetchedAt`: when it was told. Refused with `invalid_input` where the channel has no templates.
   */
  "template.list": command(
    "templates.send",
    z.strictObject({ conversationId: Id, accountId, refresh: z.boolean().default(false) }),
    z.object({ templates: z.array(MessageTemplate), fetchedAt: Millis }),
  ),
  /**
   * Also where the channel takes no other answer; it stands in this conversation by whichever account it goes. Refused with `invalid_input` whose details name the values that do not fit
   * (`values`) or the `field`, and with `conflict` whose `reason` is `template_unavailable` or, where the price is not the one
   * that was shown, `price_changed`. The same `clientId` again gives the same message.
   */
  "template.send": command(
    "templates.send",
    z.strictObject({
      clientId: ClientId,
      conversationId: Id,
      accountId,
      templateId: z.string().min(1).max(200),
      values: z.record(z.string().max(200), z.string().max(5_000)),
      to: TemplateTo,
      /** As it was shown to the sender. */
      price: MessageTemplate.shape.price,
    }),
    z.object({ message: Message }),
  ),
};
