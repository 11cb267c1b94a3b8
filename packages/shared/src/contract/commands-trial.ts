import { z } from "zod";
import { command } from "./command.ts";
import { Message, MessageState } from "./conversations.ts";
import { ClientId, Id, line, Millis } from "./scalars.ts";

/** Milliseconds for which whoever wrote to an account may be sent the answer of a trial. */
export const TRIAL_MS = 10 * 60_000;

/** A channel account is tried by writing to it oneself and answering oneself; one that only sends, by sending to oneself. */
export const trialCommands = {
  /** What has come of it so far: who wrote since then, the newest, and what became of our answer. */
  "trial.look": command(
    "channels.manage",
    z.strictObject({ accountId: Id, since: Millis, messageId: Id.nullable().default(null) }),
    z.object({
      heard: z.object({ conversationId: Id, customerName: z.string(), at: Millis }).nullable(),
      answer: z.object({ state: MessageState, error: Message.shape.error }).nullable(),
    }),
  ),
  /**
   * Answers somebody who wrote to the account within the last ten minutes, in nobody's name. Refused with `expired` for others, with
   * `channel_paused` and `window_closed`. The same `clientId` again gives the same answer.
   */
  "trial.answer": command(
    "channels.manage",
    z.strictObject({ clientId: ClientId, accountId: Id, conversationId: Id, text: line(300) }),
    z.object({ messageId: Id }),
  ),
  /**
   * Sends to a number or an address of one's own by an account that nobody can write to, in nobody's name. Refused with
   * `invalid_input` for what is no address of its channel and for an account that takes messages, with `channel_paused`, `opted_out`
   * and `window_closed`. The same `clientId` again gives the same message.
   */
  "trial.send": command(
    "channels.manage",
    z.strictObject({ clientId: ClientId, accountId: Id, address: line(254), text: line(300) }),
    z.object({ messageId: Id }),
  ),
};
