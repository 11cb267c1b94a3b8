import type { Ctx } from "../../context.ts";
import type { Tx } from "../../store/index.ts";
import { messageByExternalId } from "../../store/messages.ts";
import type { Inbound } from "./inbound-context.ts";
import { letterOf } from "./letter-row.ts";
import { noteRefused } from "./outgoing-letter.ts";

/**
 * A letter of several that came back from some of them: the others have it, so it has not failed, and each who has not is told.
 * @returns false: nobody has it, as far as is known
 */
export async function receiveBounce(
  tx: Tx,
  ctx: Ctx,
  { account, event }: Inbound<"undelivered">,
): Promise<boolean> {
  const [externalId] = event.externalIds;
  const came = event.recipients ?? [];
  const was = externalId === undefined ? undefined : await messageByExternalId(tx, account.id, externalId);
  const letter = was?.direction === "out" ? letterOf(was) : null;
  if (!was || !letter || came.length === 0) return false;
  const known = new Set(letter.refused.map((r) => r.address.toLowerCase()));
  const refused = [...letter.refused, ...came.filter((r) => !known.has(r.address))];
  const without = new Set(refused.map((r) => r.address.toLowerCase()));
  const all = [...letter.to, ...letter.cc, ...letter.bcc].map((c) => c.address.toLowerCase());
  // Where an address stands for others, what comes back names one of those: all that is known is that somebody has it not.
  if (all.length <= 1 || all.every((address) => without.has(address))) return false;
  if (refused.length > letter.refused.length) await noteRefused(tx, ctx, was, refused);
  return true;
}
