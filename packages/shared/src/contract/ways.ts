import { z } from "zod";
import { ChannelId } from "./channel-info.ts";
import { Id } from "./scalars.ts";

/** Why a customer cannot be written to by one of their addresses now. */
export const WayObstacle = z.enum([
  /** The channel no longer takes an answer. */
  "window_closed",
  /** The customer has not written by it, and one may not write first. */
  "unopened",
  /** Whoever it is wants nothing more there. */
  "opted_out",
  /** The account is switched off. */
  "channel_off",
  /** Nothing leaves the account until somebody acts. */
  "channel_paused",
  /** Somebody else has the customer in hand there. */
  "taken",
]);
export type WayObstacle = z.infer<typeof WayObstacle>;

/** One of a customer's addresses, and whether it may be used now. */
export const Way = z.object({
  identityId: Id,
  channel: ChannelId,
  accountId: Id,
  /** Masked where it is a number or an e-mail address. */
  address: z.string(),
  /** `null`: it may. */
  obstacle: WayObstacle.nullable(),
});
export type Way = z.infer<typeof Way>;
