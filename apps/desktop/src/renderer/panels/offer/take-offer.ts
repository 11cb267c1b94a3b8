import type { Offer } from "@tongdai/shared";
import { acceptOffer } from "../../actions/accept-offer.ts";
import { answerCall, declineCall } from "../../actions/call.ts";
import type { Client } from "../../actions/client.ts";
import { declineOffer } from "../../actions/decline-offer.ts";
import { focusOn } from "../../actions/navigate.ts";
import { openConversation } from "../../actions/open-conversation.ts";
import { selectTalkOf } from "../../state/calls.ts";
import type { State } from "../../state/model.ts";
import { isWriting } from "../is-writing.ts";

/**
 * Takes the work, opens it and puts the cursor into its composer. Whoever has begun to write meanwhile is left there: going
 * elsewhere would put the rest of the words before another customer. The work then waits in the list.
 */
export async function takeOffer(client: Client, offer: Offer): Promise<void> {
  const state = client.store.getState();
  if (isCall(state, offer)) return takeCall(client, offer);
  await acceptOffer(client, offer);
  if (isWriting()) return;
  openConversation(client, offer.conversationId);
  focusOn(client, "taken");
}

/** Whether it is answered on the phone. */
export const isCall = (state: State, offer: Offer): boolean =>
  state.people.channels[offer.channel]?.capabilities.calls === true;

/** Who answers has accepted: the exchange tells the gateway. What is known of the caller opens beside it. */
async function takeCall(client: Client, offer: Offer): Promise<void> {
  const talk = selectTalkOf(client.store.getState(), offer.interactionId);
  if (!talk || !(await answerCall(client, talk.id)) || isWriting()) return;
  openConversation(client, offer.conversationId);
}

export async function refuseOffer(client: Client, offer: Offer): Promise<void> {
  const talk = selectTalkOf(client.store.getState(), offer.interactionId);
  if (talk?.phase === "ringing") await declineCall(client, talk.id);
  else await declineOffer(client, offer);
}
