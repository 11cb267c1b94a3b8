import type { InboundEvent, ParsedItem } from "../../channels/channel.ts";
import type { ChannelAccountRow } from "../../store/schema.ts";

/** One item of a delivery, with the account that it is for. */
export interface Inbound<K extends InboundEvent["kind"]> {
  readonly account: ChannelAccountRow;
  readonly item: ParsedItem;
  readonly event: Extract<InboundEvent, { kind: K }>;
  /** Our clock when the delivery came in, epoch milliseconds. */
  readonly receivedAt: number;
}
