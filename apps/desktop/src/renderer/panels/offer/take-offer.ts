import type { Offer } from "@tongdai/shared";
import { acceptOffer } from "../../actions/accept-offer.ts";
import type { Client } from "../../actions/client.ts";
import { focusOn } from "../../actions/navigate.ts";
import { openConversation } from "../../actions/open-conversation.ts";
import { isWriting } from "../is-writing.ts";

/**
 * Takes the work, opens it and puts the cursor into its composer. Whoever has begun to write meanwhile is left there: going
 * elsewhere would put the rest of the words before another customer. The work then waits in the list.
 */
export async function takeOffer(client: Client, offer: Offer): Promise<void> {
  await acceptOffer(client, offer);
  if (isWriting()) return;
  openConversation(client, offer.conversationId);
  focusOn(client, "taken");
}
