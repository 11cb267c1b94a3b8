import { AppError, ChannelId, type Recipient } from "@tongdai/shared";
import type { Ctx } from "../../context.ts";
import type { MessageRow } from "../../store/schema.ts";
import { type LetterRow, letterOf } from "./letter-row.ts";

/**
 * A letter that nobody got, to other people: the same words, to these alone. Who had a copy may have it already.
 * Throws `invalid_input` for what is no letter, or too many people.
 */
export function readdressed(
  ctx: Ctx,
  { was, channel, to }: { was: MessageRow; channel: string; to: readonly Recipient[] },
): Pick<MessageRow, "letter"> {
  const letter = letterOf(was);
  const { letters } = ctx.channels.get(ChannelId.parse(channel)).capabilities;
  if (!letter || !letters || was.state !== "failed")
    throw new AppError("invalid_input", "only a letter that failed goes to somebody else", { field: "to" });
  if (to.length > letters.maxRecipients)
    throw new AppError("invalid_input", "too many recipients", { field: "to" });
  const now: LetterRow = { ...letter, to: [...to], cc: [], bcc: [], refused: [] };
  return { letter: JSON.stringify(now) };
}
