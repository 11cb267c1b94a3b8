import { z } from "zod";
import { Call, PhoneLogin } from "./calls.ts";
import { command } from "./command.ts";
import { Conversation } from "./conversations.ts";
import { CallPurpose, NewOutboundRules, OutboundRules } from "./outbound.ts";
import { ClientId, Id, line, Millis } from "./scalars.ts";

/** A number of ours that the caller may call from, for one of their queues. */
export const CallerNumber = z.object({ queueId: Id, accountId: Id, number: z.string() });
export type CallerNumber = z.infer<typeof CallerNumber>;

/** Somebody whom the caller called. */
export const RecentCall = z.object({
  conversationId: Id,
  identityId: Id,
  name: z.string(),
  /** Masked. */
  number: z.string(),
  at: Millis,
});
export type RecentCall = z.infer<typeof RecentCall>;

export const callCommands = {
  /** `null`: this gateway has no telephony. */
  "phone.register": command("work", z.strictObject({}), z.object({ phone: PhoneLogin.nullable() })),
  /**
   * Asks to call somebody: the gateway decides. The caller's phone then calls `address` within half a minute; nobody else's can, and
   * only once. Throws `call_refused`, whose details name the `obstacle`, and `not_found` for an identity that the caller does not see.
   */
  "call.dial": command(
    "calls.begin",
    z.strictObject({
      clientId: ClientId,
      to: z.union([z.strictObject({ number: line(40) }), z.strictObject({ identityId: Id })]),
      /** Whose number is shown; `null`: of the first queue of theirs that has one. */
      queueId: Id.nullable().default(null),
      purpose: CallPurpose.default("service"),
    }),
    z.object({ address: z.string(), interactionId: Id, conversation: Conversation }),
  ),
  /** What a dial pad needs: our numbers, whom one called last, and how many calls are left today. */
  "call.pad": command(
    "calls.begin",
    z.strictObject({}),
    z.object({
      callers: z.array(CallerNumber),
      recent: z.array(RecentCall),
      left: z.number().int().nonnegative().nullable(),
    }),
  ),
  "outbound_rules.get": command("channels.manage", z.strictObject({}), z.object({ rules: OutboundRules })),
  "outbound_rules.save": command("channels.manage", NewOutboundRules, z.object({ rules: OutboundRules })),
  /** The calls of a conversation, newest first, at most a hundred. */
  "call.list": command("work", z.strictObject({ conversationId: Id }), z.object({ calls: z.array(Call) })),
};
